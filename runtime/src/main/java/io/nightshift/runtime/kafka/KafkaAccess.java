package io.nightshift.runtime.kafka;

import io.nightshift.runtime.stream.Streams;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How a process reaches Kafka.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param clusterId id of the cluster; plans carry it and a foreign one is refused
 * @param security client properties for authentication and encryption, the same for every client
 * @param prefix stands before consumer groups and transactional ids
 * @param stateFolder where Streams keeps its stores
 */
public record KafkaAccess(
        String bootstrapServers, String clusterId, Map<String, String> security, String prefix, Path stateFolder) {

    public KafkaAccess {
        security = Map.copyOf(security);
    }

    /** Properties that every client shares. */
    public Map<String, Object> client() {
        Map<String, Object> properties = new HashMap<>(security);
        properties.put("bootstrap.servers", bootstrapServers);
        return properties;
    }

    /** A consumer that reads committed records only and commits by hand. */
    public Map<String, Object> consumer(String group) {
        Map<String, Object> properties = client();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, prefix + group);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return properties;
    }

    /** An idempotent producer whose sends count only when every in-sync replica has them. */
    public Map<String, Object> producer() {
        Map<String, Object> properties = client();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return properties;
    }

    /** Configuration of a Streams application: exactly once, classic rebalancing, every internal name explicit, tuned. */
    public Properties streams(String application) {
        Properties properties = new Properties();
        properties.putAll(client());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, prefix + application);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
        return Streams.tune(properties);
    }
}
