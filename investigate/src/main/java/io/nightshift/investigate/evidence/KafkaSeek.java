package io.nightshift.investigate.evidence;

import io.nightshift.events.RecordRef;
import io.nightshift.schemas.KeyPartition;
import io.nightshift.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads by time and key partition with a plain consumer: the log is the index. Keys are compared as bytes before anything is
 * decoded. Bounded in bytes and seconds over all its looks, and each look to half of what those before it left, so that a busy
 * topic can't starve the next; what was left unread is said.
 */
public final class KafkaSeek implements EvidenceReader {

    /** Busy services are spread over this many sub-keys at most; see {@code ServiceKey#spread}. */
    private static final int SPREAD_WAYS = 8;

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final long deadlineNanos;
    private long bytesLeft;
    private long lookEndNanos;
    private long lookBytesLeft;

    /**
     * @param consumer used by this look alone, and closed with it
     * @param time for all looks together
     * @param bytes for all looks together
     */
    public KafkaSeek(Consumer<byte[], byte[]> consumer, Duration time, long bytes) {
        this.consumer = consumer;
        this.deadlineNanos = System.nanoTime() + time.toNanos();
        this.bytesLeft = bytes;
    }

    @Override
    public <V> Sought<V> seek(Topic<String, V> topic, Collection<String> services, Instant from, Instant to) {
        if (services.isEmpty()) {
            return Sought.nothing("");
        }
        Set<ByteKey> keys = keys(services);
        Set<Integer> partitions = keys.stream()
                .map(key -> KeyPartition.of(key.bytes(), topic.partitions()))
                .collect(Collectors.toSet());
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        String truncated = read(topic, partitions, from, record -> {
            if (record.timestamp() >= from.toEpochMilli()
                    && record.timestamp() <= to.toEpochMilli()
                    && keys.contains(ByteKey.of(record))) {
                found.add(record);
            }
        });
        return decoded(topic, found, truncated);
    }

    @Override
    public <V> Sought<V> latest(Topic<String, V> topic) {
        Set<Integer> partitions = IntStream.range(0, topic.partitions()).boxed().collect(Collectors.toSet());
        Map<ByteKey, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
        String truncated = read(topic, partitions, Instant.EPOCH, record -> last.put(ByteKey.of(record), record));
        return decoded(topic, last.values(), truncated);
    }

    /** @return what was left unread and why; empty when nothing was */
    private String read(
            Topic<?, ?> topic,
            Set<Integer> partitions,
            Instant from,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        long now = System.nanoTime();
        lookEndNanos = now + (deadlineNanos - now) / 2;
        lookBytesLeft = (bytesLeft + 1) / 2;
        if (isUsedUp()) {
            return topic.name() + " was not read: no time or bytes left";
        }
        try {
            return read(topic, begin(topic, partitions, from), sink);
        } catch (KafkaException e) {
            return topic.name() + " could not be read: " + e.getClass().getSimpleName();
        }
    }

    private Map<TopicPartition, Long> begin(Topic<?, ?> topic, Set<Integer> numbers, Instant from) {
        Set<TopicPartition> partitions = numbers.stream()
                .map(partition -> new TopicPartition(topic.name(), partition))
                .collect(Collectors.toSet());
        consumer.assign(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, from.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times, left());
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions, left()));
        starts.forEach((partition, start) -> {
            if (start == null || start.offset() >= ends.get(partition)) {
                ends.remove(partition);
            } else {
                consumer.seek(partition, start.offset());
            }
        });
        consumer.assign(ends.keySet());
        ends.keySet()
                .forEach(partition ->
                        consumer.seek(partition, starts.get(partition).offset()));
        return ends;
    }

    private String read(
            Topic<?, ?> topic,
            Map<TopicPartition, Long> ends,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        while (!open.isEmpty()) {
            if (isUsedUp()) {
                return topic.name() + " was read in part: " + (lookBytesLeft <= 0 ? "bytes" : "time") + " used up";
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(shorter(POLL, left()))) {
                int bytes = Math.max(0, record.serializedValueSize());
                bytesLeft -= bytes;
                lookBytesLeft -= bytes;
                sink.accept(record);
            }
            open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
        }
        return "";
    }

    private static <V> Sought<V> decoded(
            Topic<String, V> topic, Collection<ConsumerRecord<byte[], byte[]>> records, String truncated) {
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
                Stream.of(truncated, unreadable).filter(note -> !note.isEmpty()).collect(Collectors.joining("; ")));
    }

    private static Set<ByteKey> keys(Collection<String> services) {
        Set<ByteKey> keys = new HashSet<>();
        for (String service : services) {
            keys.add(ByteKey.of(service));
            for (int way = 0; way < SPREAD_WAYS; way++) {
                keys.add(ByteKey.of(service + "~" + way));
            }
        }
        return keys;
    }

    private boolean isUsedUp() {
        return left().isZero() || lookBytesLeft <= 0;
    }

    private Duration left() {
        long nanos = lookEndNanos - System.nanoTime();
        return nanos <= 0 ? Duration.ZERO : Duration.ofNanos(nanos);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** A key as bytes that can be looked up. */
    private record ByteKey(byte[] bytes) {

        static ByteKey of(ConsumerRecord<byte[], byte[]> record) {
            return new ByteKey(record.key() == null ? new byte[0] : record.key());
        }

        static ByteKey of(String text) {
            return new ByteKey(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByteKey key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
