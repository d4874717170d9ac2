package io.nightshift.remediate.worker;

import io.nightshift.runtime.fault.Faults;
import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic to its present end whenever it is asked to. After a fault it begins anew, from the first record on; but
 * once records are lost it can't be read any more, because what they said still counts. For one thread at a time.
 */
final class PresentEnd<V> implements AutoCloseable {

    /** Hears what was read, in its order. */
    interface Listener<V> {

        /** Reading begins with the first record: what was heard before is void. */
        void begin();

        /**
         * @param value the record; null when it is one that nobody can decode
         * @param at the record's Kafka timestamp
         */
        void hear(V value, Instant at);

        /**
         * A record without a value, which says so.
         *
         * @param key under which nothing counts any more
         */
        default void takenBack(String key) {}
    }

    private final Topic<String, V> topic;
    private final List<TopicPartition> partitions;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Listener<V> listener;
    private Consumer<byte[], byte[]> consumer;
    private boolean isShorter;

    /** @param consumers makes a consumer with {@link #settings} */
    PresentEnd(Topic<String, V> topic, Supplier<Consumer<byte[], byte[]>> consumers, Listener<V> listener) {
        this.topic = topic;
        this.partitions = IntStream.range(0, topic.partitions())
                .mapToObj(number -> new TopicPartition(topic.name(), number))
                .toList();
        this.consumers = consumers;
        this.listener = listener;
    }

    /**
     * Settings of the consumer, added to what every client shares: it belongs to no group, and reads uncommitted records too, so
     * that an open transaction elsewhere hides nothing.
     */
    static Map<String, Object> settings(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_uncommitted");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("default.api.timeout.ms", 5_000);
        settings.put("request.timeout.ms", 2_000);
        // A fetch that waits for records at the broker holds up the next question about the end on the same connection.
        settings.put("fetch.max.wait.ms", 0);
        return settings;
    }

    /** @return why it could not be read to its end within the limit; empty when it was */
    Optional<String> read(Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        try {
            open();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, limit);
            for (TopicPartition partition : partitions) {
                isShorter |= consumer.position(partition, left(until)) > ends.get(partition);
            }
            if (isShorter) {
                return Optional.of(
                        name() + " got shorter: records of it are lost; look at it, then start this stage again");
            }
            for (TopicPartition partition : partitions) {
                while (consumer.position(partition, left(until)) < ends.get(partition)) {
                    if (System.nanoTime() >= until) {
                        return Optional.of(name() + " could not be read to its end in time");
                    }
                    consumer.poll(left(until)).forEach(this::take);
                }
            }
            return Optional.empty();
        } catch (KafkaException | IllegalStateException | UndecidedException e) {
            close();
            return Optional.of(name() + " could not be read: " + e.getClass().getSimpleName());
        }
    }

    private void open() {
        if (consumer == null) {
            listener.begin();
            consumer = consumers.get();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> found) {
        if (found.value() == null) {
            listener.takenBack(topic.key().deserializer().deserialize(topic.name(), found.key()));
        } else {
            listener.hear(decode(found.value()), Instant.ofEpochMilli(found.timestamp()));
        }
    }

    private V decode(byte[] value) {
        try {
            return topic.value().deserializer().deserialize(topic.name(), value);
        } catch (RuntimeException e) {
            if (Faults.isTransient(e)) {
                throw new UndecidedException(e); // The registry is away: that says nothing about the record.
            }
            return null;
        }
    }

    private String name() {
        return "the topic " + topic.name();
    }

    private static Duration left(long until) {
        return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), until - System.nanoTime()));
    }

    @Override
    public void close() {
        if (consumer != null) {
            Consumer<byte[], byte[]> old = consumer;
            consumer = null;
            old.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** What a record says can't be known now. */
    private static final class UndecidedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UndecidedException(Throwable cause) {
            super(cause);
        }
    }
}
