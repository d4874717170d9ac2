package io.nightshift.investigate.recall;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.worker.Recall;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageHealth;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lessons as they are learned, beside everything else: nobody waits for it, and without it lessons are recalled by
 * fingerprint. It joins no group and commits nothing.
 */
public final class LessonFeed implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(LessonFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(2);
    private static final Duration AT_THE_END = Duration.ofSeconds(5);

    private final Topic<String, Lesson> topic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final MeaningRecall recall;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "investigate-recall");
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile StageHealth health = StageHealth.of(StageHealth.State.STARTING);

    /**
     * @param consumers without a group, reading committed records
     * @param inventory whose services' names say nothing about what happened
     */
    public LessonFeed(Topic<String, Lesson> topic, Supplier<Consumer<byte[], byte[]>> consumers, Inventory inventory) {
        this(
                topic,
                consumers,
                new MeaningRecall(
                        new SentenceModel(AllMiniLmL6V2QuantizedEmbeddingModel::new),
                        new LessonMemory(LessonMemory.MOST),
                        inventory.services().stream().map(InventoryService::id).toList()));
    }

    LessonFeed(Topic<String, Lesson> topic, Supplier<Consumer<byte[], byte[]>> consumers, MeaningRecall recall) {
        this.topic = topic;
        this.consumers = consumers;
        this.recall = recall;
        thread.setDaemon(true);
    }

    public Recall recall() {
        return recall;
    }

    @Override
    public String name() {
        return "investigate-recall";
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public StageHealth health() {
        return health.isRunning() && !recall.trouble().isEmpty()
                ? new StageHealth(
                        StageHealth.State.RUNNING, "lessons are recalled by fingerprint alone: " + recall.trouble())
                : health;
    }

    private void run() {
        while (stopping.getCount() > 0) {
            try (Consumer<byte[], byte[]> opened = consumers.get()) {
                consumer = opened;
                follow(opened);
            } catch (WakeupException e) {
                break; // only close() wakes it
            } catch (KafkaException e) {
                LOG.warn("{} lost its connection and tries again: {}", name(), e.toString());
                health = new StageHealth(StageHealth.State.DEGRADED, e.toString());
                pause();
            }
        }
        health = StageHealth.of(StageHealth.State.STOPPED);
    }

    private void follow(Consumer<byte[], byte[]> opened) {
        List<TopicPartition> partitions = opened.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        opened.assign(partitions);
        opened.seekToBeginning(partitions);
        health = StageHealth.of(StageHealth.State.RUNNING);
        while (stopping.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL)) {
                take(record);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || stopping.getCount() == 0) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            recall.forget(key);
            return;
        }
        try {
            recall.learn(key, topic.value().deserializer().deserialize(record.topic(), record.value()));
        } catch (SerializationException e) {
            // The topology that files lessons counts and dead-letters it.
            LOG.debug("a lesson that can't be read is passed over", e);
        }
    }

    private void pause() {
        try {
            stopping.await(AFTER_A_FAULT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        Consumer<byte[], byte[]> opened = consumer;
        if (opened != null) {
            opened.wakeup();
        }
        try {
            thread.join(AT_THE_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
