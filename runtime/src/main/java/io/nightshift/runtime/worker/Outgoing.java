package io.nightshift.runtime.worker;

import io.nightshift.schemas.Topic;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the records that a worker sends. The timestamp is left to the producer. */
public final class Outgoing {

    private Outgoing() {}

    public static <K, V> ProducerRecord<byte[], byte[]> to(Topic<K, V> topic, K key, V value) {
        return to(topic, null, key, value);
    }

    /** To a partition of one's choice: a journal entry goes where its execution is. */
    public static <K, V> ProducerRecord<byte[], byte[]> to(Topic<K, V> topic, Integer partition, K key, V value) {
        return new ProducerRecord<>(
                topic.name(),
                partition,
                topic.key().serializer().serialize(topic.name(), key),
                topic.value().serializer().serialize(topic.name(), value));
    }
}
