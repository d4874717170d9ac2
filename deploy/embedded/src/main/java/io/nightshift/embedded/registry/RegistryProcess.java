package io.nightshift.embedded.registry;

import io.nightshift.embedded.EmbeddedException;
import io.nightshift.embedded.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry's own JVM: small, with an empty environment, its output in a file. */
final class RegistryProcess {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryProcess.class);
    private static final int LOG_LINES_IN_ERRORS = 15;

    private final Path folder;
    private final Process process;
    private final long begunNanos = System.nanoTime();

    private RegistryProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    static RegistryProcess start(RegistryLaunch launch) throws IOException {
        Path folder = launch.folder();
        Path config = folder.resolve("registry.properties");
        PrivateFiles.write(config, RegistryProperties.of(folder, launch.port(), launch.kafka()));
        Path temporary = folder.resolve("tmp");
        PrivateFiles.ensureFolder(temporary);
        keepPreviousLog(folder);
        ProcessBuilder builder = new ProcessBuilder(command(launch, temporary))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(folder).toFile());
        // Quarkus takes settings from any environment variable: it gets one, which names the private file.
        builder.environment().clear();
        builder.environment().put("QUARKUS_CONFIG_LOCATIONS", config.toString());
        Process process = builder.start();
        Orphan.remember(folder, process.toHandle());
        return new RegistryProcess(folder, process);
    }

    private static List<String> command(RegistryLaunch launch, Path temporary) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(launch.archiveOptions());
        command.add("-Djava.io.tmpdir=" + temporary);
        // Also here: should the properties file be gone, the registry's own default is port 8080 on every interface.
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + launch.port());
        command.addAll(List.of("-jar", launch.distribution().runner().toString()));
        return command;
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

    /** Waits for its end, however long it lives. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** How long it has lived, or did live when asked right after its end. */
    Duration life() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    /** Stops it and waits until it has ended; forces it after this time. */
    void stop(Duration limit) {
        process.destroy();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The registry did not stop in {} s and is killed", limit.toSeconds());
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
