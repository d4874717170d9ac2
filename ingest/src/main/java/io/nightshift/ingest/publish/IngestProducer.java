package io.nightshift.ingest.publish;

import io.nightshift.runtime.kafka.KafkaAccess;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of ingest's producers: idempotent, acknowledged by all, and soon saying so when Kafka is out of reach. */
public final class IngestProducer {
    /** An answer is owed to a sender: don't hold its call for metadata or buffer space. */
    private static final int MAX_BLOCK_MILLIS = 1000;

    private static final int BATCH_BYTES = 256 * 1024;

    private IngestProducer() {}

    /**
     * @param acknowledgement how long a record may wait for its acknowledgement before it counts as failed
     * @param bufferBytes memory for records on their way; more than what the publisher lets in flight
     */
    public static Producer<byte[], byte[]> open(
            KafkaAccess kafka, String name, Duration acknowledgement, long bufferBytes) {
        Map<String, Object> properties = kafka.producer();
        int millis = Math.toIntExact(acknowledgement.toMillis());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, kafka.prefix() + name);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, millis * 3 / 5));
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
