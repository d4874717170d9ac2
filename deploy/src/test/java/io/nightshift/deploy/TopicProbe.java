package io.nightshift.deploy;

import static org.awaitility.Awaitility.await;

import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to topics in transactions and reads what was committed, as a neighbour of the stage under test would. */
final class TopicProbe implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long CALL_SECONDS = 30;

    private final KafkaAccess kafka;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    TopicProbe(KafkaAccess kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(kafka.client());
        Map<String, Object> settings = new HashMap<>(kafka.producer());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.prefix() + "probe");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    <K, V> void commit(Topic<K, V> topic, K key, V value) {
        send(topic, key, value);
        producer.commitTransaction();
    }

    /** The record reaches the log and its transaction is aborted. */
    <K, V> void abort(Topic<K, V> topic, K key, V value) {
        send(topic, key, value);
        producer.abortTransaction();
    }

    private <K, V> void send(Topic<K, V> topic, K key, V value) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(
                topic.name(),
                topic.key().serializer().serialize(topic.name(), key),
                topic.value().serializer().serialize(topic.name(), value)));
        producer.flush();
    }

    /** Records of the topic, over all partitions, that the application has taken in and committed. */
    long consumed(String application, Topic<?, ?> topic) throws Exception {
        return admin
                .listConsumerGroupOffsets(kafka.prefix() + application)
                .partitionsToOffsetAndMetadata()
                .get(CALL_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().topic().equals(topic.name()) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    /** Waits until the newest committed value under the key is as wanted, and returns it. */
    <K, V> V awaitLatest(Topic<K, V> topic, K key, Predicate<V> wanted, Duration limit) {
        return await(topic + " tells of " + key)
                .atMost(limit)
                .pollInterval(POLL)
                .until(() -> latest(topic, key), value -> value != null && wanted.test(value));
    }

    private <K, V> V latest(Topic<K, V> topic, K key) {
        V latest = null;
        for (ConsumerRecord<byte[], byte[]> record : raw(topic)) {
            if (key.equals(topic.key().deserializer().deserialize(topic.name(), record.key()))) {
                latest = topic.value().deserializer().deserialize(topic.name(), record.value());
            }
        }
        return latest;
    }

    /** All committed records of the topic, by partition and offset. */
    List<ConsumerRecord<byte[], byte[]>> raw(Topic<?, ?> topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                kafka.consumer("probe"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
