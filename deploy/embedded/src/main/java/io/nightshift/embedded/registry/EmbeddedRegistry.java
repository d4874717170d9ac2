package io.nightshift.embedded.registry;

import io.nightshift.embedded.EmbeddedException;
import io.nightshift.embedded.FolderLock;
import io.nightshift.embedded.FolderUnusableException;
import io.nightshift.embedded.PortTakenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Apicurio Registry in a process of its own, on loopback. Its schemas live in topics of the given Kafka, so they
 * survive restarts of both; it speaks the Confluent registry API, and its global rule is FULL_TRANSITIVE.
 *
 * <p>{@link #start} returns at once, so that the rest can start meanwhile; {@link #awaitReady} waits. The process ends
 * with {@link #close} or when this JVM exits; after a crash of this JVM the next start on the same folder ends it. One
 * that dies after it was ready is started again on the same port ({@link RestartDelay}). Apicurio opens that port some
 * 0.2 s before it has read its journal, and answers 404 for schemas until then; only the first start can be awaited.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final String LOCK = "registry.lock";
    private static final Duration STOP = Duration.ofSeconds(20);

    /**
     * @param distribution the folder of the unpacked registry: this module's build leaves it in {@code target/registry}
     * @param folder where log and configuration live; made when absent. Schemas are not in it
     * @param port the loopback port; 0 for any free one
     * @param kafka client settings with {@code bootstrap.servers}, as of {@code EmbeddedBroker.clientProperties()}
     */
    public record Settings(Path distribution, Path folder, int port, Map<String, String> kafka) {
        public Settings {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("the registry's port must be 0 to 65535, not " + port);
            }
            if (!kafka.containsKey("bootstrap.servers")) {
                throw new IllegalArgumentException("the registry needs Kafka's bootstrap.servers");
            }
            folder = folder.toAbsolutePath();
            kafka = Map.copyOf(kafka);
        }
    }

    private final FolderLock lock;
    private final RegistryLaunch launch;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread shutdownHook;
    private final RestartDelay restartDelay = new RestartDelay();
    private volatile RegistryProcess process;
    private boolean closed;

    private EmbeddedRegistry(FolderLock lock, RegistryLaunch launch, RegistryProcess process) {
        this.lock = lock;
        this.launch = launch;
        this.process = process;
        this.shutdownHook = new Thread(this::stop, "embedded-registry-stop");
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        Thread keeper = new Thread(this::keep, "embedded-registry-keeper");
        keeper.setDaemon(true);
        keeper.start();
    }

    /**
     * Starts the process and returns without waiting for it to answer.
     *
     * @throws PortTakenException when the port is taken
     * @throws FolderUnusableException when the folder cannot be written or another Nightshift runs in it
     * @throws EmbeddedException when Kafka or the distribution cannot be used
     */
    public static EmbeddedRegistry start(Settings settings) {
        RegistryDistribution distribution = RegistryDistribution.in(settings.distribution());
        FolderLock lock = FolderLock.take(settings.folder(), LOCK);
        try {
            Orphan.of(settings.folder()).ifPresent(Orphan::end);
            RegistryTopics.ensure(settings.kafka());
            RegistryLaunch launch = new RegistryLaunch(
                    distribution,
                    ClassArchive.of(distribution).use(),
                    settings.folder(),
                    claim(settings.port()),
                    settings.kafka());
            return new EmbeddedRegistry(lock, launch, RegistryProcess.start(launch));
        } catch (IOException e) {
            release(lock);
            throw FolderUnusableException.unwritable(settings.folder(), e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    /**
     * Ends the process that an earlier Nightshift left running on this folder when it died; does nothing where there is none.
     *
     * @throws FolderUnusableException when another Nightshift runs in the folder
     */
    public static void endLeftOver(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (FolderLock lock = FolderLock.take(folder, LOCK)) {
            Orphan.of(folder).ifPresent(Orphan::end);
        } catch (IOException e) {
            throw FolderUnusableException.unwritable(folder, e);
        }
    }

    /** The keeper's life: sees the first start through, and from then on starts again what dies. */
    private void keep() {
        try {
            new Readiness(process, url()).await();
            ready.complete(null);
        } catch (RuntimeException e) {
            // whoever awaits the start decides what its failure means
            ready.completeExceptionally(e);
            return;
        }
        try {
            do {
                process.awaitEnd();
            } while (restarted());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a new process in the place of one that ended; false when the end was wanted. */
    private boolean restarted() throws InterruptedException {
        Duration life = process.life();
        // taking the lock of a running stop() waits for its end, after which closed is set
        synchronized (this) {
            if (!closed) {
                LOG.error(
                        "The embedded registry ended by itself after {} s; {}", life.toSeconds(), process.lastOutput());
            }
            while (waited(restartDelay.after(life))) {
                try {
                    claim(launch.port());
                    process = RegistryProcess.start(launch);
                    LOG.warn("The embedded registry is started again (process {})", pid());
                    return true;
                } catch (IOException | EmbeddedException e) {
                    LOG.error("The embedded registry cannot be started again: {}", e.toString());
                    life = Duration.ZERO;
                }
            }
            return false;
        }
    }

    /** Waits, letting go of the lock; false when the registry was closed meanwhile. */
    private synchronized boolean waited(Duration delay) throws InterruptedException {
        long end = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !closed;
    }

    /** The port is free at this moment; the process binds it a moment later and says so in its log if it cannot. */
    static int claim(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new PortTakenException("the embedded registry", port, e);
        }
    }

    /**
     * Returns when the registry has read its journal, enforces FULL_TRANSITIVE and answers.
     *
     * @throws EmbeddedException with the end of its log when it died or needed longer
     */
    public void awaitReady(Duration limit) {
        try {
            ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new EmbeddedException(
                    "The embedded registry was not ready in " + limit.toSeconds() + " s; " + process.lastOutput(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EmbeddedException
                    ? (EmbeddedException) e.getCause()
                    : new EmbeddedException("The embedded registry did not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while the embedded registry started", e);
        }
    }

    /** Completes when {@link #awaitReady} would return, or exceptionally when the registry died before. */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** The base of the Confluent registry API, e.g. {@code http://127.0.0.1:8081/apis/ccompat/v7}. */
    public URI url() {
        return launch.url();
    }

    public boolean alive() {
        return process.alive();
    }

    /** The process number, for status displays. */
    public long pid() {
        return process.handle().pid();
    }

    /** Stops the process and waits for its end; a second call does nothing. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // the JVM is already exiting: the hook runs, finds nothing left to stop, and ends
        }
    }

    private synchronized void stop() {
        if (closed) {
            return;
        }
        closed = true;
        notifyAll();
        process.stop(STOP);
        ready.completeExceptionally(new EmbeddedException("The registry was stopped"));
        release(lock);
    }

    private static void release(FolderLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The registry's folder could not be released: {}", e.toString());
        }
    }
}
