package io.nightshift.bench.chaos;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.remediate.domain.ActionLife;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Joins the oracle's ledger with what was committed, after the fact, and knows nothing of how the stages work. */
final class Join {

    /** A final status may be committed so much later than the deadline that it keeps: a look each second, and its transaction. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    private final boolean clocksAgree;
    private final Instant readAt;
    private final Map<String, List<ActionEvent>> actions = new HashMap<>();
    private final Map<String, JournalEntry> intents = new HashMap<>();

    /**
     * Of what was committed until now.
     *
     * @param clocksAgree whether the times that members wrote can be compared with the oracle's
     */
    static Join of(KafkaAccess kafka, Topics topics, boolean clocksAgree) {
        Join join = new Join(clocksAgree, Instant.now());
        read(kafka, topics.actions(), (record, event) -> join.add(event));
        read(kafka, topics.journal(), (record, entry) -> join.add(entry, record.offset()));
        return join;
    }

    Join(boolean clocksAgree, Instant readAt) {
        this.clocksAgree = clocksAgree;
        this.readAt = readAt;
    }

    void add(ActionEvent event) {
        actions.computeIfAbsent(event.getActionId(), id -> new ArrayList<>()).add(event);
    }

    void add(JournalEntry entry, long offset) {
        if (entry.getPhase() == JournalPhase.STARTED) {
            intents.put(entry.getActionId() + " " + offset + " " + entry.getPlanHash(), entry);
        }
    }

    /**
     * @param fenced whether the target is
     * @param inFlight cap on what runs at once
     */
    Findings with(List<Oracle.Effect> effects, boolean fenced, int inFlight) {
        int duplicates = duplicates(effects);
        return new Findings(
                1,
                0,
                (int) actions.values().stream().filter(this::isAllowed).count(),
                effects.size(),
                fenced ? duplicates : 0,
                fenced ? 0 : duplicates,
                (int) effects.stream().filter(effect -> !isJustified(effect)).count(),
                clocksAgree
                        ? (int) actions.values().stream()
                                .filter(this::isAllowed)
                                .filter(this::isOverdue)
                                .count()
                        : 0,
                exceeded(effects, inFlight),
                disordered(effects),
                List.of());
    }

    private boolean isAllowed(List<ActionEvent> events) {
        return events.stream().anyMatch(event -> event.getStatus() == ActionStatus.ALLOWED);
    }

    private static int duplicates(List<Oracle.Effect> effects) {
        Set<String> seen = new HashSet<>();
        return (int) effects.stream().filter(effect -> !seen.add(effect.key())).count();
    }

    /** An earlier committed verdict of the same plan, and an earlier committed intent whose offset is the token. */
    private boolean isJustified(Oracle.Effect effect) {
        String action = effect.key().substring(0, effect.key().indexOf('/'));
        JournalEntry intent = intents.get(action + " " + effect.token() + " " + effect.planHash());
        boolean allowed = actions.getOrDefault(action, List.of()).stream()
                .anyMatch(event -> event.getStatus() == ActionStatus.ALLOWED
                        && event.getPlanHash().equals(effect.planHash())
                        && isBefore(event.getAt(), effect));
        return allowed && intent != null && isBefore(intent.getAt(), effect);
    }

    private boolean isBefore(Instant time, Oracle.Effect effect) {
        return !clocksAgree || time.toEpochMilli() <= effect.didMillis();
    }

    /** Allowed once, and still under way when the deadline, with undoing, was over. */
    private boolean isOverdue(List<ActionEvent> events) {
        Instant deadline = null;
        for (ActionEvent event : events) {
            if (ActionLife.isInFlight(event.getStatus())) {
                deadline = event.getDeadline() == null ? deadline : event.getDeadline();
            } else if (deadline != null) {
                if (event.getAt().isAfter(deadline.plus(SLACK))) {
                    return true;
                }
                deadline = null;
            }
        }
        return deadline != null && readAt.isAfter(deadline.plus(SLACK));
    }

    /** Moments at which a service had more than one effect at once, or all together more than their cap. */
    private static int exceeded(List<Oracle.Effect> effects, int cap) {
        Map<String, Integer> running = new HashMap<>();
        TreeMap<Long, List<Oracle.Effect>> begins = new TreeMap<>();
        TreeMap<Long, List<Oracle.Effect>> ends = new TreeMap<>();
        effects.forEach(effect -> {
            begins.computeIfAbsent(effect.didMillis(), time -> new ArrayList<>())
                    .add(effect);
            ends.computeIfAbsent(effect.endMillis(), time -> new ArrayList<>()).add(effect);
        });
        int exceeded = 0;
        int all = 0;
        Set<Long> times = new java.util.TreeSet<>(begins.keySet());
        times.addAll(ends.keySet());
        for (long time : times) {
            for (Oracle.Effect effect : begins.getOrDefault(time, List.of())) {
                all++;
                exceeded += running.merge(effect.service(), 1, Integer::sum) > 1 ? 1 : 0;
                exceeded += all > cap ? 1 : 0;
            }
            for (Oracle.Effect effect : ends.getOrDefault(time, List.of())) {
                all--;
                running.merge(effect.service(), -1, Integer::sum);
            }
        }
        return exceeded;
    }

    private static int disordered(List<Oracle.Effect> effects) {
        Map<String, Long> highest = new HashMap<>();
        int disordered = 0;
        for (Oracle.Effect effect : effects) {
            Long before = highest.get(effect.service());
            disordered += before != null && effect.token() < before ? 1 : 0;
            highest.merge(effect.service(), effect.token(), Math::max);
        }
        return disordered;
    }

    /** Every committed record, each partition in its order. */
    static <V> void read(
            KafkaAccess kafka, Topic<String, V> topic, BiConsumer<ConsumerRecord<byte[], byte[]>, V> each) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka.consumer("join"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    each.accept(record, topic.value().deserializer().deserialize(topic.name(), record.value()));
                }
            }
        }
    }
}
