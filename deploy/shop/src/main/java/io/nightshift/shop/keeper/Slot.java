package io.nightshift.shop.keeper;

import io.nightshift.shop.Fleet.Instance;
import io.nightshift.shop.Home;
import io.nightshift.shop.JavaCommand;
import io.nightshift.shop.ShopService;
import io.nightshift.shop.ShopSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One running process of an instance: starting it, asking it, ending it. */
final class Slot {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration DRAIN_LIMIT = Duration.ofMillis(3500);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private final Instance instance;
    private final Process process;
    private final String version;
    private final int port;
    private final ProcessId id;
    private final String secret;

    private Slot(Instance instance, Process process, String version, int port, String secret) {
        this.instance = instance;
        this.process = process;
        this.version = version;
        this.port = port;
        this.id = ProcessId.of(instance.id(), process.toHandle());
        this.secret = secret;
    }

    /** Starts a process; it is not ready yet. */
    static Slot launch(Home home, ShopSettings settings, Instance instance, String version, int port)
            throws IOException {
        List<String> command = JavaCommand.of(
                settings.javaExecutable(),
                instance.role().heapMegabytes(),
                ShopService.class,
                List.of(
                        "--role", instance.service(),
                        "--instance", instance.id(),
                        "--version", version,
                        "--port", String.valueOf(port),
                        "--home", home.folder().toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.logs().resolve(instance.id() + ".log").toFile()))
                .start();
        return new Slot(instance, process, version, port, home.secret());
    }

    void awaitReady() throws IOException, InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new IOException(instance.id() + " ended with " + process.exitValue() + " before it was ready");
            }
            if (System.nanoTime() > limit) {
                throw new IOException(instance.id() + " was not ready within " + START_LIMIT.toSeconds() + " s");
            }
            process.waitFor(40, TimeUnit.MILLISECONDS);
        }
    }

    boolean isReady() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + "/ready"))
                    .timeout(Duration.ofSeconds(1))
                    .build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends the process one of its controls; false when it did not do it in time. */
    boolean control(String name, int number) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + "/control/" + name))
                    .timeout(DRAIN_LIMIT)
                    .header(Home.SECRET_HEADER, secret)
                    .POST(HttpRequest.BodyPublishers.ofString(String.valueOf(number)))
                    .build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets it finish its requests where it still can, then ends it, in the end by force. Takes at most six seconds. */
    void drainAndEnd() throws InterruptedException {
        control("drain", 0);
        end();
    }

    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(2, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
        }
    }

    void onExit(Runnable reaction) {
        var unused = process.onExit().thenRun(reaction);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String version() {
        return version;
    }

    int port() {
        return port;
    }

    ProcessId id() {
        return id;
    }

    String address() {
        return "127.0.0.1:" + port;
    }
}
