package io.nightshift.runtime.worker;

import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a worker's consumer and producer. The poll thread that calls {@link #run} owns both; the pool's threads
 * reach it through a mailbox. A session ends when the worker stops, or by an exception when a commit was fenced or its
 * outcome is unknown: then the next session's {@code initTransactions} settles that outcome before anything is polled.
 */
final class WorkerSession<K, V> implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerSession.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** More than a worker's transaction can stay open: its timeout of 10 s, and 10 s more until a broker looks. */
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(30);

    private final WorkerSettings settings;
    private final Topic<K, V> topic;
    private final WorkHandler<K, V> handler;
    private final WorkerMetrics metrics;
    private final Watcher watcher;
    private final Consumer<byte[], byte[]> consumer;
    private final Transactions transactions;
    private final ExecutorService pool;

    private final LinkedBlockingQueue<Task.Message<K, V>> mailbox = new LinkedBlockingQueue<>();
    private final Deque<Task.Message<K, V>> pending = new ArrayDeque<>();
    private final Lanes<K, V> lanes = new Lanes<>();
    private final Outcomes<K, V> outcomes;
    private final Revocation<K, V> revocation;
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile boolean stopping;
    private volatile boolean over;

    /** Told how the session is. */
    interface Watcher {

        /** Partitions are assigned, and their past is known. */
        void running();

        /** A fault ends it; what is still at work may take its time to end. */
        void ending(Throwable fault);
    }

    WorkerSession(WorkerSettings settings, Wiring<K, V> wiring, WorkerMetrics metrics, Watcher watcher) {
        this.settings = settings;
        this.topic = wiring.topic();
        this.handler = wiring.handler();
        this.metrics = metrics;
        this.watcher = watcher;
        this.transactions = new Transactions(wiring.producer().get());
        this.consumer = consumerOr(wiring, transactions);
        this.pool = wiring.pool().get();
        this.outcomes = new Outcomes<>(settings, wiring, metrics, lanes, transactions, consumer::groupMetadata);
        this.revocation = new Revocation<>(settings, lanes, this::serveWithin);
    }

    private static Consumer<byte[], byte[]> consumerOr(Wiring<?, ?> wiring, Transactions opened) {
        try {
            return wiring.consumer().get();
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    void run() {
        try {
            consumer.subscribe(List.of(topic.name()), this);
            while (!stopping) {
                poll();
                serve();
                expire();
                begin();
            }
            revocation.takeBack(lanes.partitions());
        } catch (RuntimeException | Error fault) {
            watcher.ending(fault);
            throw fault;
        } finally {
            end();
        }
    }

    /** From any thread. */
    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private void poll() {
        polling.set(true);
        try {
            Duration wait = mailbox.isEmpty() && pending.isEmpty() ? POLL : Duration.ZERO;
            for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(wait)) {
                TopicPartition partition = new TopicPartition(polled.topic(), polled.partition());
                lanes.add(partition, polled);
                consumer.pause(List.of(partition));
            }
        } catch (WakeupException e) {
            LOG.trace("{}: woken", settings.name());
        } finally {
            polling.set(false);
        }
    }

    private void post(Task.Message<K, V> message) {
        mailbox.add(message);
        if (over) {
            refuseCommits();
        }
        if (polling.get()) {
            consumer.wakeup();
        }
    }

    /** Gives each partition without work its next record, or lets it be polled again. */
    private void begin() {
        int inWork = 0;
        for (Map.Entry<TopicPartition, Lane<K, V>> entry : lanes.all()) {
            Lane<K, V> lane = entry.getValue();
            if (lane.isReady()) {
                Task<K, V> task = new Task<>(lane.next(), topic, handler, metrics, this::post);
                lane.begin(task);
                pool.execute(task);
            } else if (lane.isIdle()) {
                consumer.resume(List.of(entry.getKey()));
            }
            inWork += lane.task() == null ? 0 : 1;
        }
        metrics.inWork(inWork);
    }

    /** Does what the pool's threads asked for; false when the generation is stale and a poll must come first. */
    private boolean serve() {
        mailbox.drainTo(pending);
        while (!pending.isEmpty()) {
            try {
                outcomes.perform(pending.peek());
            } catch (Transactions.StaleGenerationException e) {
                LOG.debug("{}: a commit waits for the rebalance", settings.name());
                return false;
            }
            pending.remove();
            mailbox.drainTo(pending);
        }
        return true;
    }

    /** Ends work whose hard timeout passed. Effectful work gets time to end its call before the timeout is its result. */
    private void expire() {
        for (Task<K, V> task : lanes.tasks(lanes.partitions())) {
            if (!task.isOver(settings.hardTimeout())) {
                continue;
            }
            if (!task.isDropped()) {
                LOG.warn("{}: work on {} passed {}", settings.name(), task.place(), settings.hardTimeout());
                task.cancel();
            }
            if (!settings.isEffectful() || !task.isRunning() || task.isOver(settings.revocationLimit())) {
                outcomes.timeOut(task);
            }
        }
    }

    /**
     * First waits until what the predecessor may still have under way is decided: offsets that its open transaction carries
     * pend until that ends, and so does all that the transaction wrote. A frozen predecessor is bounded by its transaction's
     * timeout. When that is not enough the session ends, and nothing was done.
     */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            LOG.info("{}: assigned {}", settings.name(), partitions);
            awaitDecided(new HashSet<>(partitions));
            handler.onAssigned(List.copyOf(partitions));
            lanes.open(partitions);
        }
        watcher.running();
    }

    private void awaitDecided(Set<TopicPartition> partitions) {
        while (true) {
            try {
                consumer.committed(partitions, DECIDED_WITHIN);
                return;
            } catch (WakeupException e) {
                if (stopping) {
                    throw e;
                }
                // Work on another partition asks for something; it is served once this is known.
            }
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        revocation.takeBack(partitions);
    }

    /** Others may own them already. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        revocation.forget(partitions);
    }

    /** As the loop does between two polls, and waiting a moment for something to do. */
    private boolean serveWithin(Duration wait) {
        try {
            Task.Message<K, V> message = mailbox.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            if (message != null) {
                pending.add(message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        boolean isCurrent = serve();
        expire();
        return isCurrent;
    }

    private void end() {
        List<Task<K, V>> left = revocation.drop();
        over = true;
        mailbox.addAll(pending);
        refuseCommits();
        try {
            revocation.awaitEnds(left);
        } finally {
            pool.shutdownNow();
            closeClients();
        }
    }

    private void refuseCommits() {
        Deque<Task.Message<K, V>> refused = new ArrayDeque<>();
        mailbox.drainTo(refused);
        for (Task.Message<K, V> message : refused) {
            if (message instanceof Task.CommitRequest<K, V> request) {
                request.answer().cancel(false);
            }
        }
    }

    private void closeClients() {
        try {
            transactions.close();
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }
    }
}
