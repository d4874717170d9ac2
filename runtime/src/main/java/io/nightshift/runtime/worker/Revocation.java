package io.nightshift.runtime.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How work ends whose partition is taken away, or whose session is over. Poll thread only. */
final class Revocation<K, V> {

    private static final Logger LOG = LoggerFactory.getLogger(Revocation.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final WorkerSettings settings;
    private final Lanes<K, V> lanes;
    private final Predicate<Duration> serving;

    /**
     * @param serving does what work asks for, waiting at most so long for the first request; false when nothing can be
     *     committed any more
     */
    Revocation(WorkerSettings settings, Lanes<K, V> lanes, Predicate<Duration> serving) {
        this.settings = settings;
        this.lanes = lanes;
        this.serving = serving;
    }

    /** Lets effectful work finish what it began, bounded, and cancels all other work. */
    void takeBack(Collection<TopicPartition> partitions) {
        if (settings.isEffectful()) {
            lanes.tasks(partitions).forEach(Task::unwant);
            awaitOutcomes(partitions);
        }
        forget(partitions);
    }

    /** Cancels the work: nothing of it can be committed, and nothing of it may go on. */
    void forget(Collection<TopicPartition> partitions) {
        lanes.tasks(partitions).forEach(Task::cancel);
        lanes.close(partitions);
    }

    private void awaitOutcomes(Collection<TopicPartition> partitions) {
        long deadline = System.nanoTime() + settings.revocationLimit().toNanos();
        boolean isCurrent = serving.test(Duration.ZERO);
        while (isCurrent && isUnfinished(partitions) && System.nanoTime() < deadline) {
            isCurrent = serving.test(LOOK) && !Thread.currentThread().isInterrupted();
        }
    }

    private boolean isUnfinished(Collection<TopicPartition> partitions) {
        return lanes.tasks(partitions).stream().anyMatch(task -> !task.isDropped() || task.isRunning());
    }

    /** Lets nothing of this session be committed any more. Returns what still runs. */
    List<Task<K, V>> drop() {
        List<Task<K, V>> left = lanes.tasks(lanes.partitions());
        left.forEach(settings.isEffectful() ? Task::drop : Task::cancel);
        return left;
    }

    /** Waits, bounded, until nothing of it runs: the next session must not act beside it. */
    void awaitEnds(List<Task<K, V>> left) {
        Duration limit = settings.isEffectful() ? settings.revocationLimit() : settings.endLimit();
        try {
            for (Task<K, V> task : left) {
                if (!task.awaitEnd(limit)) {
                    LOG.warn("{}: work on {} did not end within {}", settings.name(), task.place(), limit);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        left.forEach(Task::cancel);
    }
}
