package io.nightshift.embedded.registry;

import io.nightshift.embedded.EmbeddedException;
import io.nightshift.embedded.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry's own JVM: small, with an empty environment, its output in a file. */
final class RegistryProcess {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryProcess.class);
    private static final long STOP_SECONDS = 20;
    private static final int LOG_LINES_IN_ERRORS = 15;
    private static final int NEWEST_JAVA_WITH_LOGIN = 23;

    private final Path folder;
    private final ClassArchive archive;
    private final Process process;

    private RegistryProcess(Path folder, ClassArchive archive, Process process) {
        this.folder = folder;
        this.archive = archive;
        this.process = process;
    }

    static RegistryProcess start(RegistryDistribution distribution, Path folder, int port, Map<String, String> kafka)
            throws IOException {
        refuseTooNewJava(kafka);
        Path config = folder.resolve("registry.properties");
        PrivateFiles.write(config, RegistryProperties.of(folder, port, kafka));
        Path temporary = folder.resolve("tmp");
        PrivateFiles.ensureFolder(temporary);
        keepPreviousLog(folder);
        ClassArchive archive = ClassArchive.of(distribution.runner(), folder);
        ProcessBuilder builder = new ProcessBuilder(command(distribution, archive, temporary))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile());
        // Quarkus takes settings from any environment variable: it gets one, which names the private file.
        builder.environment().clear();
        builder.environment().put("QUARKUS_CONFIG_LOCATIONS", config.toString());
        Process process = builder.start();
        Orphan.remember(folder, process.toHandle());
        return new RegistryProcess(folder, archive, process);
    }

    private static List<String> command(RegistryDistribution distribution, ClassArchive archive, Path temporary) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                archive.jvmOption(),
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                distribution.runner().toString());
    }

    /** The registry's own Kafka client (3.9.0) cannot log in on Java 24 and later, where Subject.getSubject is gone. */
    private static void refuseTooNewJava(Map<String, String> kafka) {
        boolean login = kafka.getOrDefault("security.protocol", "PLAINTEXT").startsWith("SASL");
        if (login && Runtime.version().feature() > NEWEST_JAVA_WITH_LOGIN) {
            throw new EmbeddedException("The embedded registry cannot log in to Kafka on Java "
                    + Runtime.version().feature() + ": run on Java 17 to " + NEWEST_JAVA_WITH_LOGIN
                    + ", or use a registry of your own.");
        }
    }

    private static void keepPreviousLog(Path folder) throws IOException {
        if (Files.exists(log(folder))) {
            Files.move(log(folder), folder.resolve("registry.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path log(Path folder) {
        return folder.resolve("registry.log");
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end for at most this long. */
    boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while the embedded registry started", e);
        }
    }

    /** The end of its output, for an error message. */
    String lastOutput() {
        try {
            List<String> lines = Files.readAllLines(log(folder));
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES_IN_ERRORS), lines.size());
            return log(folder) + " ends with:\n" + String.join("\n", last);
        } catch (IOException e) {
            return "its output in " + log(folder) + " cannot be read: " + e;
        }
    }

    /** Stops it and waits until it has ended; forces it after {@value #STOP_SECONDS} seconds. */
    void stop() {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                archive.keepWhatTheRunWrote();
            } else {
                LOG.warn("The registry did not stop in {} s and is killed", STOP_SECONDS);
                process.destroyForcibly().waitFor();
            }
            Orphan.forget(folder);
        } catch (IOException e) {
            LOG.warn("The registry's files could not be tidied: {}", e.toString());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
