package io.nightshift.investigate.evidence;

import io.nightshift.events.RecordRef;
import io.nightshift.schemas.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads a compacted topic as the table that it is: the last record of each key, up to now. Bounded in bytes and seconds; what
 * was left unread is said.
 */
public final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(100);

    private TopicScan() {}

    /**
     * @param consumer used by this scan alone, and closed with it
     * @param time greatest time that it may take
     * @param bytes greatest number of bytes that it may read
     */
    public static <V> Sought<V> latest(
            Consumer<byte[], byte[]> consumer, Topic<String, V> topic, Duration time, long bytes) {
        long deadline = System.nanoTime() + time.toNanos();
        try (consumer) {
            Map<TopicPartition, Long> ends = begin(consumer, topic, time);
            Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
            Set<TopicPartition> open = new HashSet<>(ends.keySet());
            open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
            String truncated = "";
            long left = bytes;
            while (!open.isEmpty() && truncated.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    left -= Math.max(0, record.serializedValueSize()) + Math.max(0, record.serializedKeySize());
                    last.put(ByteBuffer.wrap(record.key() == null ? new byte[0] : record.key()), record);
                }
                open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
                if (!open.isEmpty() && (left <= 0 || System.nanoTime() - deadline >= 0)) {
                    truncated = topic.name() + " was read in part: " + (left <= 0 ? "bytes" : "time") + " used up";
                }
            }
            return decoded(topic, last.values(), truncated);
        } catch (KafkaException e) {
            return Sought.nothing(
                    topic.name() + " could not be read: " + e.getClass().getSimpleName());
        }
    }

    private static Map<TopicPartition, Long> begin(Consumer<?, ?> consumer, Topic<?, ?> topic, Duration time) {
        List<TopicPartition> partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer.endOffsets(partitions, time);
    }

    private static <V> Sought<V> decoded(
            Topic<String, V> topic, Iterable<ConsumerRecord<byte[], byte[]>> records, String truncated) {
        List<Found<V>> found = new ArrayList<>();
        int undecodable = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                V value = topic.value().deserializer().deserialize(topic.name(), record.value());
                found.add(new Found<>(value, new RecordRef(record.topic(), record.partition(), record.offset())));
            } catch (SerializationException e) {
                undecodable++;
            }
        }
        String unreadable = undecodable == 0 ? "" : undecodable + " records of " + topic.name() + " unreadable";
        return new Sought<>(
                found,
                truncated.isEmpty() || unreadable.isEmpty() ? truncated + unreadable : truncated + "; " + unreadable);
    }
}
