package io.nightshift.shop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * How a shop is started. Made by {@link #in(Path)} and changed by the {@code with} methods.
 *
 * @param home the folder for its files; made when it does not exist
 * @param javaExecutable the {@code java} that runs the processes
 * @param basePort the first of about a hundred loopback ports
 * @param otlpEndpoint where telemetry goes, OTLP over HTTP, such as {@code http://127.0.0.1:4318}; none: nowhere
 * @param changeDoor where each rollout is announced as a CloudEvent; none: nowhere
 * @param leakSeconds seconds at the normal load from the leaking release's start to a full heap
 * @param ratePerSecond requests a second that the load generator sends to the gateway
 */
public record ShopSettings(
        Path home,
        Path javaExecutable,
        int basePort,
        Optional<String> otlpEndpoint,
        Optional<URI> changeDoor,
        double leakSeconds,
        double ratePerSecond) {

    public static ShopSettings in(Path home) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ShopSettings(home.toAbsolutePath(), java, 7100, Optional.empty(), Optional.empty(), 50, 25);
    }

    public ShopSettings withJava(Path java) {
        return new ShopSettings(home, java, basePort, otlpEndpoint, changeDoor, leakSeconds, ratePerSecond);
    }

    public ShopSettings withBasePort(int port) {
        return new ShopSettings(home, javaExecutable, port, otlpEndpoint, changeDoor, leakSeconds, ratePerSecond);
    }

    public ShopSettings withTelemetryTo(String endpoint) {
        return new ShopSettings(
                home, javaExecutable, basePort, Optional.of(endpoint), changeDoor, leakSeconds, ratePerSecond);
    }

    public ShopSettings withChangesTo(URI door) {
        return new ShopSettings(
                home, javaExecutable, basePort, otlpEndpoint, Optional.of(door), leakSeconds, ratePerSecond);
    }

    public ShopSettings withLeakSeconds(double seconds) {
        return new ShopSettings(home, javaExecutable, basePort, otlpEndpoint, changeDoor, seconds, ratePerSecond);
    }

    public ShopSettings withRate(double perSecond) {
        return new ShopSettings(home, javaExecutable, basePort, otlpEndpoint, changeDoor, leakSeconds, perSecond);
    }

    public Fleet fleet() {
        return new Fleet(basePort);
    }

    /** For the processes to {@link #read}. */
    void write(Home to) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("java", javaExecutable.toString());
        values.put("port", String.valueOf(basePort));
        otlpEndpoint.ifPresent(url -> values.put("otlp", url));
        changeDoor.ifPresent(url -> values.put("changes", url.toString()));
        values.put("leak-seconds", String.valueOf(leakSeconds));
        values.put("rate", String.valueOf(ratePerSecond));
        to.writeSettings(values);
    }

    /** Reads what {@link Shop#start} wrote; every process of the shop does. */
    public static ShopSettings read(Home home) throws IOException {
        Properties values = home.settings();
        return new ShopSettings(
                home.folder(),
                Path.of(values.getProperty("java")),
                Integer.parseInt(values.getProperty("port")),
                Optional.ofNullable(values.getProperty("otlp")),
                Optional.ofNullable(values.getProperty("changes")).map(URI::create),
                Double.parseDouble(values.getProperty("leak-seconds")),
                Double.parseDouble(values.getProperty("rate")));
    }
}
