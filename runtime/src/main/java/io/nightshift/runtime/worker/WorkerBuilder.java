package io.nightshift.runtime.worker;

import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.InstanceId;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Collects what a {@link PausingWorker} is made of. Without a choice it is discardable, with 4 threads and 60 s. */
public final class WorkerBuilder<K, V> {

    private static final int POLLED_AT_ONCE = 16;
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(10);

    private final StageContext context;
    private final String name;
    private final Topic<K, V> input;
    private int threads = 4;
    private Duration hardTimeout = Duration.ofSeconds(60);
    private Duration endLimit = Duration.ofSeconds(5);
    private OnRevocation onRevocation = OnRevocation.CANCEL;
    private String instance;

    WorkerBuilder(StageContext context, String name, Topic<K, V> input) {
        this.context = context;
        this.name = name;
        this.input = input;
    }

    /** Revoked work is cancelled and its result dropped; whoever owns the partition next does it again. */
    public WorkerBuilder<K, V> discardable() {
        onRevocation = OnRevocation.CANCEL;
        return this;
    }

    /** Revocation waits, bounded, until the work ended, and its outcome is committed. */
    public WorkerBuilder<K, V> effectful() {
        onRevocation = OnRevocation.WAIT;
        return this;
    }

    public WorkerBuilder<K, V> threads(int count) {
        threads = count;
        return this;
    }

    /** From the start of work on a record. */
    public WorkerBuilder<K, V> hardTimeout(Duration limit) {
        hardTimeout = limit;
        return this;
    }

    /** How long interrupted work may take to end, such as to destroy the process that it started. */
    public WorkerBuilder<K, V> endLimit(Duration limit) {
        endLimit = limit;
        return this;
    }

    /** Another instance id than the one kept in the installation's folder. */
    public WorkerBuilder<K, V> instance(String id) {
        instance = id;
        return this;
    }

    public PausingWorker<K, V> build(WorkHandler<K, V> handler) {
        WorkerSettings settings = settings();
        return new PausingWorker<>(settings, wiring(settings, handler), context.meters());
    }

    WorkerSettings settings() {
        String id = instance == null ? InstanceId.in(context.folder()) : instance;
        return new WorkerSettings(name, id, threads, hardTimeout, endLimit, onRevocation);
    }

    Wiring<K, V> wiring(WorkerSettings settings, WorkHandler<K, V> handler) {
        return new Wiring<>(
                input,
                context.topics().deadLetters().name(),
                handler,
                () -> new KafkaConsumer<>(consumer(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                () -> new KafkaProducer<>(producer(settings), new ByteArraySerializer(), new ByteArraySerializer()),
                this::pool);
    }

    /**
     * Cooperative rebalancing takes only the partitions that move, so other work goes on; and a static member (KIP-345) that
     * was killed and is started again goes on with its own.
     */
    private Map<String, Object> consumer(WorkerSettings settings) {
        Map<String, Object> properties = context.kafka().consumer(name);
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
        Duration pollLimit = settings.revocationLimit().multipliedBy(2).plusMinutes(5);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_AT_ONCE);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.toIntExact(pollLimit.toMillis()));
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return properties;
    }

    /** Short limits: a commit that takes longer is better settled by a new session than waited for. */
    private Map<String, Object> producer(WorkerSettings settings) {
        KafkaAccess kafka = context.kafka();
        Map<String, Object> properties = kafka.producer();
        int patience = Math.toIntExact(BROKER_PATIENCE.toMillis());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.prefix() + name + "-" + settings.instance());
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, patience);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patience / 2);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return properties;
    }

    private ExecutorService pool() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
