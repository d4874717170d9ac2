package io.nightshift.remediate.worker;

import io.nightshift.events.JournalEntry;
import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was begun and how it ended, of the partitions that are ours: read back when they are assigned, and kept up with
 * while we write. Without it nothing may be done.
 */
final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Topic<String, JournalEntry> topic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Duration lookBack;
    private final Map<String, List<Placed>> entries = new ConcurrentHashMap<>();

    /** An entry and its offset, which is its fencing token. */
    record Placed(JournalEntry entry, long offset) {}

    /**
     * @param consumers makes a consumer that reads committed records and belongs to no group
     * @param lookBack how far back an unfinished effect may lie; at least the longest deadline
     */
    Journal(Topic<String, JournalEntry> topic, Supplier<Consumer<byte[], byte[]>> consumers, Duration lookBack) {
        this.topic = topic;
        this.consumers = consumers;
        this.lookBack = lookBack;
    }

    /**
     * Reads the journal partitions of the same numbers to their present ends.
     *
     * @throws KafkaException when they could not be read
     */
    void readBack(Collection<Integer> partitions, Instant now) {
        List<TopicPartition> places = partitions.stream()
                .map(number -> new TopicPartition(topic.name(), number))
                .toList();
        Instant until = Instant.now().plus(LIMIT);
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(places);
            var ends = consumer.endOffsets(places, LIMIT);
            seek(consumer, places, now.minus(lookBack));
            for (TopicPartition place : places) {
                while (consumer.position(place) < ends.get(place)) {
                    if (Instant.now().isAfter(until)) {
                        throw new KafkaException("the journal could not be read back within " + LIMIT);
                    }
                    consumer.poll(Duration.ofMillis(200)).forEach(this::take);
                }
            }
        }
    }

    private static void seek(Consumer<byte[], byte[]> consumer, List<TopicPartition> places, Instant from) {
        Map<TopicPartition, Long> times = new HashMap<>();
        places.forEach(place -> times.put(place, from.toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((place, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(place));
            } else {
                consumer.seek(place, found.offset());
            }
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> source) {
        JournalEntry entry = topic.value().deserializer().deserialize(topic.name(), source.value());
        Objects.requireNonNull(entry, "a journal entry without a value");
        add(entry, source.offset());
        LOG.debug("journal {}@{}: {} {}", source.partition(), source.offset(), entry.getActionId(), entry.getPhase());
    }

    void add(JournalEntry entry, long offset) {
        List<Placed> known = entries.computeIfAbsent(entry.getActionId(), id -> new ArrayList<>());
        synchronized (known) {
            if (known.stream().noneMatch(placed -> placed.offset() == offset)) {
                known.add(new Placed(entry, offset));
            }
        }
    }

    /** The entries of one step, oldest first. */
    List<Placed> of(String actionId, int step) {
        List<Placed> known = entries.getOrDefault(actionId, List.of());
        synchronized (known) {
            return known.stream()
                    .filter(placed -> placed.entry().getStep() == step)
                    .toList();
        }
    }
}
