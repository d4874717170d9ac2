package io.nightshift.runtime.worker;

import io.nightshift.runtime.fault.Faults;
import io.nightshift.runtime.stream.DeadLetters;
import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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

    private final WorkerSettings settings;
    private final Topic<K, V> topic;
    private final String deadLetterTopic;
    private final WorkHandler<K, V> handler;
    private final WorkerMetrics metrics;
    private final Runnable onAssigned;
    private final Consumer<byte[], byte[]> consumer;
    private final Transactions transactions;
    private final ExecutorService pool;

    private final LinkedBlockingQueue<Task.Message<K, V>> mailbox = new LinkedBlockingQueue<>();
    private final Deque<Task.Message<K, V>> pending = new ArrayDeque<>();
    private final Map<TopicPartition, Lane<K, V>> lanes = new LinkedHashMap<>();
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile boolean stopping;

    WorkerSession(WorkerSettings settings, Wiring<K, V> wiring, WorkerMetrics metrics, Runnable onAssigned) {
        this.settings = settings;
        this.topic = wiring.topic();
        this.deadLetterTopic = wiring.deadLetterTopic();
        this.handler = wiring.handler();
        this.metrics = metrics;
        this.onAssigned = onAssigned;
        this.transactions = new Transactions(wiring.producer().get());
        this.consumer = consumerOr(wiring, transactions);
        this.pool = wiring.pool().get();
    }

    private static Consumer<byte[], byte[]> consumerOr(Wiring<?, ?> wiring, Transactions opened) {
        try {
            return wiring.consumer().get();
        } catch (RuntimeException e) {
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
            takeBack(List.copyOf(lanes.keySet()));
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
                lanes.computeIfAbsent(partition, unknown -> new Lane<>()).add(polled);
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
        if (polling.get()) {
            consumer.wakeup();
        }
    }

    /** Gives each partition without work its next record, or lets it be polled again. */
    private void begin() {
        int inWork = 0;
        for (Map.Entry<TopicPartition, Lane<K, V>> entry : lanes.entrySet()) {
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
                perform(pending.peek());
            } catch (Transactions.StaleGenerationException e) {
                LOG.debug("{}: a commit waits for the rebalance", settings.name());
                return false;
            }
            pending.remove();
            mailbox.drainTo(pending);
        }
        return true;
    }

    private void perform(Task.Message<K, V> message) throws Transactions.StaleGenerationException {
        if (message instanceof Task.CommitRequest<K, V> request) {
            commit(request);
        } else {
            finish((Task.Ended<K, V>) message);
        }
    }

    private void commit(Task.CommitRequest<K, V> request) throws Transactions.StaleGenerationException {
        Task<K, V> task = request.task();
        if (!task.admits(request.isIntent())) {
            request.answer().cancel(false);
        }
        if (request.answer().isDone()) {
            return;
        }
        try {
            request.answer()
                    .complete(transactions.commit(
                            request.records(), task.partition(), task.source().offset(), consumer.groupMetadata()));
        } catch (Transactions.RefusedRecordException | KafkaException e) {
            request.answer().completeExceptionally(e);
            if (e instanceof KafkaException fault) {
                throw fault;
            }
        }
    }

    private void finish(Task.Ended<K, V> ended) throws Transactions.StaleGenerationException {
        Task<K, V> task = ended.task();
        Throwable fault = ended.fault();
        if (task.isDropped()) {
            metrics.ended("abandoned");
        } else if (fault instanceof WorkAbandonedException && !task.isWanted()) {
            metrics.ended("abandoned");
            release(task);
        } else if (fault != null && task.work() == null) {
            bury(task, fault instanceof Task.PoisonException ? fault.getCause() : fault);
        } else if (fault != null) {
            LOG.warn("{}: work on {} failed", settings.name(), task.place(), fault);
            complete(task, onFailure(task, fault), "failed");
        } else {
            complete(task, ended.result(), "finished");
        }
    }

    private void bury(Task<K, V> task, Throwable fault) throws Transactions.StaleGenerationException {
        if (Faults.isTransient(fault)) {
            throw new KafkaException("a record could not be judged", fault);
        }
        String reason = DeadLetters.reason(fault);
        LOG.warn("{}: dead letter from {}: {}", settings.name(), task.place(), reason);
        complete(task, List.of(DeadLetters.of(deadLetterTopic, task.source(), reason, settings.name())), "dead-letter");
    }

    /** Commits the result together with the offset after the record. */
    private void complete(Task<K, V> task, List<ProducerRecord<byte[], byte[]>> result, String end)
            throws Transactions.StaleGenerationException {
        try {
            commitAdvanced(task, result);
        } catch (Transactions.RefusedRecordException e) {
            LOG.warn("{}: the result for {} was refused", settings.name(), task.place(), e);
            try {
                commitAdvanced(task, onFailure(task, e));
            } catch (Transactions.RefusedRecordException again) {
                throw new IllegalStateException("no result for " + task.place() + " can be sent", again);
            }
        }
        metrics.ended(end);
        release(task);
    }

    private void commitAdvanced(Task<K, V> task, List<ProducerRecord<byte[], byte[]>> result)
            throws Transactions.StaleGenerationException, Transactions.RefusedRecordException {
        transactions.commit(result, task.partition(), task.source().offset() + 1, consumer.groupMetadata());
    }

    private List<ProducerRecord<byte[], byte[]>> onFailure(Task<K, V> task, Throwable fault) {
        try {
            return handler.onFailure(task.work(), fault);
        } catch (Exception e) {
            throw new IllegalStateException("work on " + task.place() + " failed: " + DeadLetters.reason(e), e);
        }
    }

    private void release(Task<K, V> task) {
        Lane<K, V> lane = lanes.get(task.partition());
        if (lane != null && lane.task() == task) {
            lane.end();
        }
    }

    /** Ends work whose hard timeout passed. Effectful work gets time to end its call before the timeout is its result. */
    private void expire() {
        for (Lane<K, V> lane : List.copyOf(lanes.values())) {
            Task<K, V> task = lane.task();
            if (task == null || !task.isOver(settings.hardTimeout())) {
                continue;
            }
            if (!task.isDropped()) {
                LOG.warn("{}: work on {} passed {}", settings.name(), task.place(), settings.hardTimeout());
                task.cancel();
            }
            if (!settings.isEffectful() || !task.isRunning() || task.isOver(settings.revocationLimit())) {
                timeOut(task);
            }
        }
    }

    private void timeOut(Task<K, V> task) {
        try {
            Work<K, V> work = task.work();
            if (work == null) {
                bury(task, new IllegalStateException("decoding did not end within " + settings.hardTimeout()));
            } else {
                complete(task, handler.onTimeout(work), "timeout");
            }
        } catch (Transactions.StaleGenerationException e) {
            LOG.debug("{}: a timeout's result waits for the rebalance", settings.name());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            LOG.info("{}: assigned {}", settings.name(), partitions);
            handler.onAssigned(List.copyOf(partitions));
            partitions.forEach(partition -> lanes.put(partition, new Lane<>()));
        }
        onAssigned.run();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        takeBack(partitions);
    }

    /** Others may own them already: nothing can be committed and nothing may go on. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        tasks(partitions).forEach(Task::cancel);
        partitions.forEach(lanes::remove);
    }

    private void takeBack(Collection<TopicPartition> partitions) {
        if (settings.isEffectful()) {
            tasks(partitions).forEach(Task::unwant);
            awaitOutcomes(partitions);
        }
        tasks(partitions).forEach(Task::cancel);
        partitions.forEach(lanes::remove);
    }

    private void awaitOutcomes(Collection<TopicPartition> partitions) {
        long deadline = System.nanoTime() + settings.revocationLimit().toNanos();
        boolean isCurrent = serve();
        while (isCurrent
                && tasks(partitions).stream().anyMatch(task -> !task.isDropped() || task.isRunning())
                && System.nanoTime() < deadline) {
            try {
                Task.Message<K, V> message = mailbox.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (message != null) {
                    pending.add(message);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            isCurrent = serve();
            expire();
        }
    }

    private List<Task<K, V>> tasks(Collection<TopicPartition> partitions) {
        List<Task<K, V>> tasks = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Lane<K, V> lane = lanes.get(partition);
            if (lane != null && lane.task() != null) {
                tasks.add(lane.task());
            }
        }
        return tasks;
    }

    /** Nothing of this session may act any more when the next one begins. */
    private void end() {
        List<Task<K, V>> left = tasks(lanes.keySet());
        left.forEach(settings.isEffectful() ? Task::drop : Task::cancel);
        mailbox.drainTo(pending);
        for (Task.Message<K, V> message : pending) {
            if (message instanceof Task.CommitRequest<K, V> request) {
                request.answer().cancel(false);
            }
        }
        awaitEnds(left, settings.isEffectful() ? settings.revocationLimit() : settings.endLimit());
        left.forEach(Task::cancel);
        pool.shutdownNow();
        transactions.close();
        consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    }

    private void awaitEnds(List<Task<K, V>> left, Duration limit) {
        try {
            for (Task<K, V> task : left) {
                if (!task.awaitEnd(limit)) {
                    LOG.warn("{}: work on {} did not end within {}", settings.name(), task.place(), limit);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
