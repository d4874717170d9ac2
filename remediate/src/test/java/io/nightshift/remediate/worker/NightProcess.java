package io.nightshift.remediate.worker;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Processes that work on a night of this one, so that they can be killed. */
final class NightProcess {

    private static final String CLUSTER = "cluster.id";

    private NightProcess() {}

    /** Starts a main class; how to connect goes to its standard input, where nobody else reads the password. */
    static Process start(Class<?> main, Night night, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.nightshift.events",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Properties connection = new Properties();
        night.kafka.client().forEach((key, value) -> connection.setProperty(key, String.valueOf(value)));
        connection.setProperty(CLUSTER, night.kafka.clusterId());
        try (var input =
                new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.ISO_8859_1))) {
            connection.store(input, "");
        }
        return process;
    }

    /** In such a process: the night that it was started for. */
    static Night join(String prefix, Path folder) throws IOException {
        Properties connection = new Properties();
        connection.load(System.in);
        Map<String, String> client = new HashMap<>();
        connection.forEach((key, value) -> client.put((String) key, (String) value));
        String clusterId = client.remove(CLUSTER);
        return new Night(prefix, folder, clusterId, client);
    }
}
