package io.nightshift.detect.topology;

import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/** Reads the telemetry topics and ticks through the {@link Gate}; late, misplaced and unusable records leave here. */
final class Telemetry {

    private static final long AHEAD_MILLIS = 3_600_000;

    private Telemetry() {}

    static KStream<String, Arrival> read(StreamsBuilder builder, Topics topics, Tallies tallies) {
        int partitions = topics.settings().telemetryPartitions();
        String ticks = topics.ticks().name();
        KStream<String, Passage> passages = source(
                        builder, topics.metrics().name(), topics.metricPoints(), "read-metrics")
                .merge(source(builder, topics.logs(), "read-logs"), Named.as("with-logs"))
                .merge(source(builder, topics.spans(), "read-spans"), Named.as("with-spans"))
                .merge(source(builder, topics.ticks(), "read-ticks"), Named.as("with-ticks"))
                .process(() -> new Gate(partitions, ticks, tallies), Named.as("gate"));
        reroute(passages);
        deadLetter(passages, topics);
        return passages.filter((key, passage) -> passage instanceof Passage.Passed, Named.as("passed"))
                .mapValues(passage -> ((Passage.Passed) passage).arrival(), Named.as("arrivals"));
    }

    private static <T extends SpecificRecord> KStream<byte[], Received<?>> source(
            StreamsBuilder builder, Topic<String, T> topic, String name) {
        return source(builder, topic.name(), topic.value().deserializer(), name);
    }

    private static <T> KStream<byte[], Received<?>> source(
            StreamsBuilder builder, String topic, Deserializer<T> value, String name) {
        Consumed<byte[], Received<T>> consumed = Consumed.with(Serdes.ByteArray(), Received.reading(value))
                .withName(name)
                .withTimestampExtractor(boundedTime());
        return builder.stream(topic, consumed).mapValues(received -> received, Named.as(name + "-any"));
    }

    /**
     * A record far ahead of its partition must not take the stream's time along: it keeps the time reached so far. A second
     * one at about that time may: the partition was silent, or we were away.
     */
    private static TimestampExtractor boundedTime() {
        Map<TopicPartition, Long> ahead = new ConcurrentHashMap<>();
        return (ConsumerRecord<Object, Object> record, long partitionTime) -> {
            long time = Math.max(0, record.timestamp());
            if (partitionTime < 0 || time <= partitionTime + AHEAD_MILLIS) {
                return time;
            }
            Long before = ahead.put(new TopicPartition(record.topic(), record.partition()), time);
            return before != null && Math.abs(time - before) <= AHEAD_MILLIS ? time : partitionTime;
        };
    }

    private static void reroute(KStream<String, Passage> passages) {
        passages.filter((key, passage) -> passage instanceof Passage.Misplaced, Named.as("misplaced"))
                .map(
                        (key, passage) -> {
                            Passage.Misplaced misplaced = (Passage.Misplaced) passage;
                            return KeyValue.pair(misplaced.key(), misplaced);
                        },
                        Named.as("by-own-key"))
                .to(
                        new OwnTopic(),
                        Produced.<byte[], Passage.Misplaced>with(
                                        Serdes.ByteArray(),
                                        Serdes.serdeFrom((topic, m) -> m.value(), (topic, b) -> null))
                                .withName("reroute"));
    }

    private static void deadLetter(KStream<String, Passage> passages, Topics topics) {
        passages.filter((key, passage) -> passage instanceof Passage.Rejected, Named.as("rejected"))
                .map(
                        (key, passage) -> {
                            Passage.Rejected rejected = (Passage.Rejected) passage;
                            return KeyValue.pair(rejected.sourceTopic(), rejected.value());
                        },
                        Named.as("as-they-came"))
                .to(
                        topics.deadLetters().name(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("dead-letters"));
    }

    /** The topic that a record came from; a class of its own so that the topology's description names it. */
    private static final class OwnTopic implements TopicNameExtractor<byte[], Passage.Misplaced> {

        @Override
        public String extract(byte[] key, Passage.Misplaced misplaced, RecordContext context) {
            return misplaced.topic();
        }

        @Override
        public String toString() {
            return "the topic it came from";
        }
    }
}
