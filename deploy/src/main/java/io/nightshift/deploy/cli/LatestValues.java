package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.StartException;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a compacted topic holds now: the last value of each key, without those that were taken back. */
final class LatestValues {

    private static final Duration POLL = Duration.ofMillis(100);

    private LatestValues() {}

    /**
     * By key, in the order of the keys. A value that can't be read is left out and told on standard error.
     *
     * @throws StartException when Kafka does not answer in time
     */
    static <V> Map<String, V> read(KafkaAccess kafka, Topic<String, V> topic, Duration within) {
        Map<String, Object> properties = kafka.consumer("cli-latest");
        properties.remove("group.id");
        Map<String, V> latest = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name(), within).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, within);
            Instant deadline = Instant.now().plus(within);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                if (Instant.now().isAfter(deadline)) {
                    throw new StartException("Kafka at " + kafka.bootstrapServers() + " did not give the records of "
                            + topic.name() + " within " + within.toSeconds() + " s");
                }
                consumer.poll(POLL).forEach(record -> keep(topic, record, latest));
            }
        }
        return latest;
    }

    private static <V> void keep(Topic<String, V> topic, ConsumerRecord<byte[], byte[]> record, Map<String, V> latest) {
        if (record.key() == null) {
            return; // Of no key: nothing of ours.
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        try {
            V value = topic.value().deserializer().deserialize(topic.name(), record.value());
            if (value == null) {
                latest.remove(key);
            } else {
                latest.put(key, value);
            }
        } catch (SerializationException e) {
            latest.remove(key);
            System.err.println("nightshift: " + topic.name() + " holds a record that can't be read, at offset "
                    + record.offset() + " of partition " + record.partition() + ": " + e.getMessage());
        }
    }
}
