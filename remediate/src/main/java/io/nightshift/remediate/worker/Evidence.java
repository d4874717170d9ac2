package io.nightshift.remediate.worker;

import io.nightshift.events.ProbeResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the repair would destroy: the last readings of the instance's own probes, in the evidence folder. A folder that
 * hangs, such as a network disk, holds no repair for longer than the limit.
 */
final class Evidence {

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    /** Writes that may hang at once; beyond them evidence is given up at once. */
    private static final int WRITERS = 4;

    private final Path folder;
    private final Duration limit;
    private final ExecutorService writers =
            new ThreadPoolExecutor(0, WRITERS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "evidence");
                thread.setDaemon(true);
                return thread;
            });

    /** @param limit most time that keeping the evidence of one step may take */
    Evidence(Path folder, Duration limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** @return the name under which it was kept; empty when it could not be in time, which does not stop a repair */
    Optional<String> keep(String key, List<ProbeResult> readings) throws InterruptedException {
        String name = key.replace('/', '-') + ".txt";
        try {
            Future<?> written = writers.submit(() -> write(name, readings));
            try {
                written.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                return Optional.of(name);
            } finally {
                written.cancel(true);
            }
        } catch (RejectedExecutionException | ExecutionException | TimeoutException e) {
            LOG.warn("evidence {} could not be kept within {}: {}", name, limit, e.toString());
            return Optional.empty();
        }
    }

    private void write(String name, List<ProbeResult> readings) {
        try {
            Files.createDirectories(folder);
            String text = readings.stream()
                    .map(reading -> reading.getAt() + " " + reading.getProbe() + " of " + reading.getSubject() + " "
                            + (reading.getPassed() ? "passed" : "failed") + ": " + reading.getMessage())
                    .collect(Collectors.joining("\n", "", "\n"));
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
