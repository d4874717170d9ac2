package io.nightshift.bench.pipeline;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.RollupSeries;
import io.nightshift.events.ServiceRollup;
import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a run of detect told, as a reader of committed records sees it.
 *
 * @param opened how often each anomaly was opened, by its id
 * @param openedAt the same by instance
 * @param points in the minutes' summaries
 */
record Told(Map<String, Integer> opened, Map<String, Integer> openedAt, long points) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** What was told from these offsets on, until now. */
    static Told since(Lab lab, Map<TopicPartition, Long> from) {
        Map<String, Integer> opened = new HashMap<>();
        Map<String, Integer> openedAt = new HashMap<>();
        Topic<String, Anomaly> anomalies = lab.topics().anomalies();
        read(lab, anomalies, from, anomaly -> {
            if (anomaly.getPhase() == AnomalyPhase.OPEN) {
                opened.merge(anomaly.getId(), 1, Integer::sum);
                openedAt.merge(Objects.toString(anomaly.getSubject().getInstance(), ""), 1, Integer::sum);
            }
        });
        long[] points = {0};
        Topic<String, ServiceRollup> rollups = lab.topics().rollups();
        read(
                lab,
                rollups,
                from,
                rollup -> points[0] += rollup.getSeries().stream()
                        .mapToLong(RollupSeries::getCount)
                        .sum());
        return new Told(opened, openedAt, points[0]);
    }

    /** Where the next run's records will begin. */
    static Map<TopicPartition, Long> here(Lab lab) {
        Map<TopicPartition, Long> ends =
                new HashMap<>(Drain.ends(lab.admin(), lab.topics().anomalies().name()));
        ends.putAll(Drain.ends(lab.admin(), lab.topics().rollups().name()));
        return ends;
    }

    private static <V> void read(Lab lab, Topic<String, V> topic, Map<TopicPartition, Long> from, Consumer<V> to) {
        Deserializer<V> values = topic.value().deserializer();
        try (KafkaConsumer<String, V> reader = new KafkaConsumer<>(
                lab.access("told").consumer("told"), topic.key().deserializer(), values)) {
            Map<TopicPartition, Long> ends = Drain.ends(lab.admin(), topic.name());
            reader.assign(List.copyOf(ends.keySet()));
            ends.keySet().forEach(partition -> reader.seek(partition, from.getOrDefault(partition, 0L)));
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, V> record : reader.poll(POLL)) {
                    to.accept(record.value());
                }
            }
        }
    }

    /** Openings beyond the first of each anomaly. */
    long twice() {
        return opened.values().stream().mapToLong(times -> times - 1).sum();
    }

    /** Anomalies that were opened here and not there. */
    long notIn(Told other) {
        return opened.keySet().stream()
                .filter(id -> !other.opened().containsKey(id))
                .count();
    }
}
