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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        return read(topic, partitions, keys::contains, from, to);
    }

    @Override
    public <V> Sought<V> seekAll(Topic<String, V> topic) {
        Set<Integer> partitions = IntStream.range(0, topic.partitions()).boxed().collect(Collectors.toSet());
        return read(topic, partitions, any -> true, Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    private <V> Sought<V> read(
            Topic<String, V> topic, Set<Integer> partitions, Predicate<ByteKey> keys, Instant from, Instant to) {
        long now = System.nanoTime();
        lookEndNanos = now + (deadlineNanos - now) / 2;
        lookBytesLeft = (bytesLeft + 1) / 2;
        if (isUsedUp()) {
            return Sought.nothing(topic.name() + " was not read: no time or bytes left");
        }
        try {
            return read(topic, keys, begin(topic, partitions, from), from, to);
        } catch (KafkaException e) {
            return Sought.nothing(
                    topic.name() + " could not be read: " + e.getClass().getSimpleName());
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

    private <V> Sought<V> read(
            Topic<String, V> topic, Predicate<ByteKey> keys, Map<TopicPartition, Long> ends, Instant from, Instant to) {
        List<Found<V>> found = new ArrayList<>();
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        int undecodable = 0;
        while (!open.isEmpty()) {
            if (isUsedUp()) {
                String what = lookBytesLeft <= 0 ? "bytes" : "time";
                return new Sought<>(found, topic.name() + " was read in part: " + what + " used up");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(shorter(POLL, left()))) {
                int bytes = Math.max(0, record.serializedValueSize());
                bytesLeft -= bytes;
                lookBytesLeft -= bytes;
                if (record.value() != null
                        && record.timestamp() >= from.toEpochMilli()
                        && record.timestamp() <= to.toEpochMilli()
                        && keys.test(new ByteKey(record.key() == null ? new byte[0] : record.key()))) {
                    try {
                        found.add(decoded(topic, record));
                    } catch (SerializationException e) {
                        undecodable++;
                    }
                }
            }
            open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
        }
        return new Sought<>(found, undecodable == 0 ? "" : undecodable + " records of " + topic.name() + " unreadable");
    }

    private static <V> Found<V> decoded(Topic<String, V> topic, ConsumerRecord<byte[], byte[]> record) {
        V value = topic.value().deserializer().deserialize(topic.name(), record.value());
        return new Found<>(value, new RecordRef(record.topic(), record.partition(), record.offset()));
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
