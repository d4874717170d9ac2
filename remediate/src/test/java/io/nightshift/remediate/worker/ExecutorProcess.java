package io.nightshift.remediate.worker;

import io.nightshift.remediate.RemediateSettings;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** An executor in a process of its own, so that it can be killed. */
final class ExecutorProcess {

    private ExecutorProcess() {}

    /** Arguments: prefix, folder, failpoint, seconds that a command may take. Connection settings come on standard input. */
    public static void main(String[] args) throws Exception {
        Properties connection = new Properties();
        connection.load(System.in);
        Map<String, String> client = new HashMap<>();
        connection.forEach((key, value) -> client.put((String) key, (String) value));
        String clusterId = client.remove("cluster.id");
        Path folder = Path.of(args[1]);
        Night night = new Night(args[0], folder, clusterId, client);
        FakeShop shop = FakeShop.at(folder.resolve("shop"), Duration.ofSeconds(Long.parseLong(args[3])));
        String failpoint = args[2].equals("none") ? "" : "failpoint: " + args[2] + "\n";
        StageContext context = night.context(shop.inventory(4), "settle: 10s\n" + failpoint);
        Stage executor = new Workers(context, RemediateSettings.from(context.config()))
                .executor(PolicyText.changes(PolicyText.cautious().load(), TrustedKeys.none()), TrustedKeys.none());
        executor.start();
    }

    static Process start(Night night, String prefix, Path folder, String failpoint, Duration timeout)
            throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.nightshift.events",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExecutorProcess.class.getName(),
                        prefix,
                        folder.toString(),
                        failpoint,
                        String.valueOf(timeout.toSeconds())))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "executor-" + failpoint + ".log")))
                .start();
        Properties connection = new Properties();
        night.kafka.client().forEach((key, value) -> connection.setProperty(key, String.valueOf(value)));
        connection.setProperty("cluster.id", night.kafka.clusterId());
        try (var input =
                new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.ISO_8859_1))) {
            connection.store(input, "");
        }
        return process;
    }
}
