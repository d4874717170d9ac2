package io.nightshift.remediate.worker;

import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.target.Keepsake;
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
 * Keeps what the repair would destroy, in the evidence folder: the last readings of the instance's own probes, and what its
 * target can tell. Neither a target nor a folder that hangs, such as a network disk, holds a repair for longer than the limit.
 */
final class Evidence {

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    /** Writes that may hang at once; beyond them evidence is given up at once. */
    private static final int WRITERS = 4;

    private final Path folder;
    private final Duration limit;
    private final Gathering gathering;
    private final ExecutorService writers =
            new ThreadPoolExecutor(0, WRITERS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "evidence");
                thread.setDaemon(true);
                return thread;
            });

    /** @param limit most time that keeping the evidence of one step may take */
    Evidence(Path folder, Duration limit) {
        this.folder = folder;
        this.gathering = new Gathering(limit.multipliedBy(3).dividedBy(4));
        this.limit = limit.dividedBy(4);
    }

    /** What the keepsakes tell, in three quarters of the limit; the rest is for keeping it. */
    String gather(List<Keepsake> keepsakes) throws InterruptedException {
        return keepsakes.isEmpty() ? "" : gathering.gather(keepsakes);
    }

    /**
     * @param gathered sections of what the target told; may be empty
     * @return the name under which it was kept; empty when it could not be in time, which does not stop a repair
     */
    Optional<String> keep(String key, List<ProbeResult> readings, String gathered) throws InterruptedException {
        String name = key.replace('/', '-') + ".txt";
        try {
            Future<?> written = writers.submit(() -> write(name, readings, gathered));
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

    private void write(String name, List<ProbeResult> readings, String gathered) {
        try {
            Files.createDirectories(folder);
            String text = readings.stream()
                    .map(reading -> reading.getAt() + " " + reading.getProbe() + " of " + reading.getSubject() + " "
                            + (reading.getPassed() ? "passed" : "failed") + ": " + reading.getMessage())
                    .collect(Collectors.joining("\n", "== probes\n", "\n"));
            Files.writeString(folder.resolve(name), text + gathered);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
