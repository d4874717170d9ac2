package io.nightshift.runtime.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.StageHealth;
import io.nightshift.runtime.fault.Faults;
import io.nightshift.runtime.fault.RestartBackoff;
import io.nightshift.runtime.stream.DeadLetters;
import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what blocks, beside Kafka Streams: one record of a partition at a time, several partitions at once.
 *
 * <p>One poll thread owns all Kafka I/O. A partition is paused while one of its records is in work. Result records and
 * the record's offset are committed in one transaction; then the partition is resumed. Every transaction carries an
 * offset, un-advanced if need be, so that the broker refuses a stale generation.
 *
 * <p>A <em>discardable</em> worker (language models, notifications) is cancelled when its partition is revoked and its
 * result is dropped. An <em>effectful</em> one (targets) is waited for, bounded by hard timeout and end limit, and its
 * outcome is committed before the partition goes. A commit whose outcome is unknown ends the session: its clients are
 * closed, the work thread learns that it must not act, and the next session reads committed offsets and calls
 * {@link WorkHandler#onAssigned} before any work.
 */
public final class PausingWorker<K, V> implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(PausingWorker.class);
    private static final int MAX_FENCES = 5;
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(10);

    private final WorkerSettings settings;
    private final Wiring<K, V> wiring;
    private final WorkerMetrics metrics;
    private final WorkerSession.Watcher watcher = new Health();
    private final RestartBackoff backoff = new RestartBackoff();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile StageHealth health = StageHealth.of(StageHealth.State.STARTING);
    private volatile WorkerSession<K, V> session;
    private int fences;

    PausingWorker(WorkerSettings settings, Wiring<K, V> wiring, MeterRegistry meters) {
        this.settings = settings;
        this.wiring = wiring;
        this.metrics = new WorkerMetrics(meters, settings.name());
        this.thread = new Thread(this::run, settings.name() + "-poll");
    }

    /**
     * @param name of the stage, its consumer group and its transactional id, such as {@code remediate-executor}
     * @param input the topic whose records are worked on
     */
    public static <K, V> WorkerBuilder<K, V> builder(StageContext context, String name, Topic<K, V> input) {
        return new WorkerBuilder<>(context, name, input);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public StageHealth health() {
        return health;
    }

    private void run() {
        while (!isClosing()) {
            try {
                WorkerSession<K, V> next = new WorkerSession<>(settings, wiring, metrics, watcher);
                session = next;
                if (isClosing()) {
                    next.stop();
                }
                next.run();
            } catch (RuntimeException e) {
                if (isClosing() || !isWorthAnotherSession(e)) {
                    break;
                }
            } catch (Throwable e) {
                fail(e, "");
                break;
            }
        }
        if (health.state() != StageHealth.State.FAILED) {
            health = StageHealth.of(StageHealth.State.STOPPED);
        }
        wiring.handler().onStopped();
    }

    private final class Health implements WorkerSession.Watcher {

        @Override
        public void running() {
            health = StageHealth.of(StageHealth.State.RUNNING);
        }

        @Override
        public void ending(Throwable fault) {
            health = new StageHealth(StageHealth.State.DEGRADED, DeadLetters.reason(fault));
        }
    }

    private void fail(Throwable fault, String remedy) {
        LOG.error("{}: stopped", settings.name(), fault);
        health = new StageHealth(StageHealth.State.FAILED, DeadLetters.reason(fault) + remedy);
    }

    private boolean isWorthAnotherSession(RuntimeException fault) {
        String reason = DeadLetters.reason(fault);
        fences = fault instanceof ProducerFencedException ? fences + 1 : 0;
        boolean hasTwin = fences >= MAX_FENCES || fault instanceof FencedInstanceIdException;
        if (!Faults.isTransient(fault) || hasTwin) {
            String remedy = hasTwin
                    ? "; another process seems to run as instance " + settings.instance() + ": stop one of them"
                    : "";
            fail(fault, remedy);
            return false;
        }
        Duration wait = backoff.afterFailure(System.currentTimeMillis());
        LOG.warn("{}: starts again in {} ms: {}", settings.name(), wait.toMillis(), reason);
        health = new StageHealth(StageHealth.State.DEGRADED, reason);
        try {
            return !closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
        WorkerSession<K, V> current = session;
        if (current != null) {
            current.stop();
        }
        try {
            thread.join(settings.revocationLimit().plus(CLOSE_MARGIN).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{}: did not stop in time", settings.name());
        }
    }
}
