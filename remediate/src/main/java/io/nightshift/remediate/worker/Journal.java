package io.nightshift.remediate.worker;

import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was begun and how it ended, of the partitions that are ours: read back when they are assigned, and kept up with
 * while we write. Without it nothing may be done.
 */
final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Topic<String, JournalEntry> topic;
    private final Readers readers;
    private final Duration lookBack;
    private final Duration limit;
    private final Map<String, List<Placed>> entries = new ConcurrentHashMap<>();

    /** An entry and its offset, which is its fencing token. */
    record Placed(JournalEntry entry, long offset) {}

    /**
     * Makers of consumers that belong to no group.
     *
     * @param committed of one that reads committed records only
     * @param uncommitted of one that sees every record, and so where the log ends
     */
    record Readers(Supplier<Consumer<byte[], byte[]>> committed, Supplier<Consumer<byte[], byte[]>> uncommitted) {}

    /**
     * @param lookBack how far back an unfinished effect may lie, and how long finished ones are remembered; at least the longest
     *     deadline
     * @param limit for reading back; more than a transaction of an executor can stay open
     */
    Journal(Topic<String, JournalEntry> topic, Readers readers, Duration lookBack, Duration limit) {
        this.topic = topic;
        this.readers = readers;
        this.lookBack = lookBack;
        this.limit = limit;
    }

    /**
     * Reads the journal partitions of the same numbers to where they end at present. A predecessor's transaction that is still
     * open there is waited for: its intent may yet be committed, and must be known before anything is done beside it.
     *
     * @throws TimeoutException when a transaction stays open for too long, or the broker does not answer in time
     */
    void readBack(Collection<Integer> partitions, Instant now) {
        List<TopicPartition> places = partitions.stream()
                .map(number -> new TopicPartition(topic.name(), number))
                .toList();
        long until = System.nanoTime() + limit.toNanos();
        try (Consumer<byte[], byte[]> consumer = readers.committed().get()) {
            consumer.assign(places);
            // In this order: what is decided only after the first line lies behind it, and is read.
            Map<TopicPartition, Long> decided = consumer.endOffsets(places, limit);
            Map<TopicPartition, Long> ends = ends(places);
            seek(consumer, decided, now.minus(lookBack));
            for (TopicPartition place : places) {
                while (consumer.position(place) < ends.get(place)) {
                    if (System.nanoTime() > until) {
                        throw new TimeoutException(place + " could not be read back within " + limit
                                + ": a transaction is open there at offset " + consumer.position(place));
                    }
                    consumer.poll(Duration.ofMillis(200)).forEach(this::take);
                }
            }
        }
        forget(now);
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> places) {
        try (Consumer<byte[], byte[]> consumer = readers.uncommitted().get()) {
            return consumer.endOffsets(places, limit);
        }
    }

    private static void seek(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> decided, Instant from) {
        Map<TopicPartition, Long> times = new HashMap<>();
        decided.keySet().forEach(place -> times.put(place, from.toEpochMilli()));
        consumer.offsetsForTimes(times)
                .forEach((place, found) -> consumer.seek(
                        place, found == null ? decided.get(place) : Math.min(found.offset(), decided.get(place))));
    }

    private void take(ConsumerRecord<byte[], byte[]> source) {
        JournalEntry entry = topic.value().deserializer().deserialize(topic.name(), source.value());
        Objects.requireNonNull(entry, "a journal entry without a value");
        add(entry, source.offset());
        LOG.debug("journal {}@{}: {} {}", source.partition(), source.offset(), entry.getActionId(), entry.getPhase());
    }

    void add(JournalEntry entry, long offset) {
        entries.compute(entry.getActionId(), (id, known) -> {
            List<Placed> longer = new ArrayList<>(known == null ? List.of() : known);
            if (longer.stream().noneMatch(placed -> placed.offset() == offset)) {
                longer.add(new Placed(entry, offset));
            }
            return List.copyOf(longer);
        });
    }

    /**
     * Forgets the actions whose last word is an outcome and older than we look back: their deadline has passed, so that they are
     * refused if they ever come again.
     */
    void forget(Instant now) {
        Instant oldest = now.minus(lookBack);
        entries.values().removeIf(known -> {
            JournalEntry last = known.get(known.size() - 1).entry();
            boolean isOpen = last.getPhase() == JournalPhase.STARTED || last.getPhase() == JournalPhase.IN_DOUBT;
            return !isOpen && last.getAt().isBefore(oldest);
        });
    }

    /** How many actions are remembered. */
    int size() {
        return entries.size();
    }

    /**
     * The entries of one step, oldest first.
     *
     * @param undo whether of what takes it back
     */
    List<Placed> of(String actionId, int step, boolean undo) {
        return entries.getOrDefault(actionId, List.of()).stream()
                .filter(placed ->
                        placed.entry().getStep() == step && placed.entry().getUndo() == undo)
                .toList();
    }
}
