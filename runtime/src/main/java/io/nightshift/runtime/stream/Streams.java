package io.nightshift.runtime.stream;

import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.InstanceId;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;

/** How every Streams application of the house is configured and its topology begun. */
public final class Streams {

    private static final long STORE_CACHE_BYTES = 16L << 20;

    private Streams() {}

    /**
     * A builder that knows the configuration. A bare {@code new StreamsBuilder()} does not, and would silently accept
     * stores and repartition topics without a name of their own.
     */
    public static StreamsBuilder builder(Properties properties) {
        return new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
    }

    /**
     * The configuration of an application of a stage: {@link io.nightshift.runtime.kafka.KafkaAccess#streams}, the
     * defaults of {@link #tune}, and undecodable records sent to the dead letters. The process is a static member of its
     * group (KIP-345): killed and started again within the session timeout it goes on with its partitions, and nobody waits
     * for the dead one.
     *
     * @param application name of the application, without the prefix, such as {@code correlate}
     */
    public static Properties properties(StageContext context, String application) {
        Properties properties = context.kafka().streams(application);
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, InstanceId.in(context.folder()));
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(DeadLetterHandler.STAGE, application);
        properties.put(DeadLetterHandler.TOPIC, context.topics().deadLetters().name());
        properties.put(DeadLetterHandler.METERS, context.meters());
        return properties;
    }

    /**
     * Defaults for decisions within seconds on a small machine; what is already set stays.
     *
     * <ul>
     *   <li>A commit each 100 ms: downstream reads committed records only, so this is the latency of every hop.
     *   <li>Session timeout 10 s: the group waits no longer than that for a dead member.
     *   <li>Linger 5 ms: the 100 ms that Streams would set are felt at every hop.
     * </ul>
     */
    public static Properties tune(Properties properties) {
        properties.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.putIfAbsent(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.putIfAbsent(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 0);
        properties.putIfAbsent(StreamsConfig.POLL_MS_CONFIG, 50);
        properties.putIfAbsent(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, STORE_CACHE_BYTES);
        properties.putIfAbsent(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.putIfAbsent(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.putIfAbsent(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 500);
        properties.putIfAbsent(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        properties.putIfAbsent(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        properties.putIfAbsent(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        properties.putIfAbsent(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.putIfAbsent(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        properties.putIfAbsent(StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), 60_000);
        return properties;
    }
}
