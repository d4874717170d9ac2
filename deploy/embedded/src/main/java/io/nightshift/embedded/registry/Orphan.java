package io.nightshift.embedded.registry;

import io.nightshift.embedded.EmbeddedException;
import io.nightshift.embedded.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that outlived its Nightshift. It is ended rather than adopted: the broker that it wrote to died with its
 * parent, and the new one listens elsewhere.
 *
 * <p>A process is only taken for the orphan when number, start time and command line all fit: the number alone may
 * belong to somebody else by now.
 */
record Orphan(ProcessHandle process) {
    private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);
    private static final String FILE = "registry.pid";
    /** The start time that the system reports is derived from its clock and moves a little when that is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Notes which process to look for, should this one die before it can stop it. */
    static void remember(Path folder, ProcessHandle process) throws IOException {
        long startMillis =
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        PrivateFiles.write(folder.resolve(FILE), process.pid() + " " + startMillis + "\n");
    }

    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /** The registry that an earlier Nightshift left running on this folder. */
    static Optional<Orphan> of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] noted = Files.readString(file).strip().split(" ", 2);
        if (noted.length != 2 || !noted[0].matches("\\d{1,18}") || !noted[1].matches("\\d{1,18}")) {
            LOG.warn("{} is damaged and ignored; a registry left over from a crash may still run", file);
            return Optional.empty();
        }
        Instant started = Instant.ofEpochMilli(Long.parseLong(noted[1]));
        return ProcessHandle.of(Long.parseLong(noted[0]))
                .filter(process -> startedAt(process, started) && isRegistry(process))
                .map(Orphan::new);
    }

    private static boolean startedAt(ProcessHandle process, Instant started) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, started).abs().compareTo(START_TOLERANCE) <= 0)
                .orElse(false);
    }

    private static boolean isRegistry(ProcessHandle process) {
        return process.info()
                .commandLine()
                .map(line -> line.contains(RegistryDistribution.RUNNER_NAME))
                .orElse(false);
    }

    /** Ends it at once: what it knew is in Kafka's log, and it has nobody left to say goodbye to. */
    void end() {
        LOG.info("Ending the registry (process {}) that an earlier Nightshift left running", process.pid());
        process.destroyForcibly();
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new EmbeddedException(
                    "The registry that an earlier Nightshift left running (process " + process.pid()
                            + ") does not end: end it and start again",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while ending a registry left running", e);
        }
    }
}
