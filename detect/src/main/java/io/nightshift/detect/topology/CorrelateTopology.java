package io.nightshift.detect.topology;

import io.nightshift.detect.DetectSettings;
import io.nightshift.events.Anomaly;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Anomalies in, incidents out. One task sees all of an environment: its anomalies and its graph share a partition, and ticks
 * reach every task because telemetry has at least as many partitions as decisions have.
 */
public final class CorrelateTopology {

    private CorrelateTopology() {}

    /**
     * Builds the application {@code correlate}.
     *
     * @throws IllegalArgumentException when some environments would get no ticks
     */
    public static Topology build(StreamsBuilder builder, DetectSettings settings, Topics topics, Tallies tallies) {
        int telemetry = topics.settings().telemetryPartitions();
        int decisions = topics.settings().decisionPartitions();
        if (telemetry < decisions) {
            throw new IllegalArgumentException(
                    "telemetry has " + telemetry + " partitions and decisions have " + decisions
                            + ": incidents of some environments would never settle; give telemetry at least as many");
        }
        addStores(builder, topics);
        read(builder, topics.anomalies(), "anomalies")
                .merge(read(builder, topics.topology(), "topology"), Named.as("with-graph"))
                .merge(read(builder, topics.ticks(), "ticks"), Named.as("with-ticks"))
                .process(
                        () -> new Correlation(settings.correlation(), tallies),
                        Named.as("correlate"),
                        Correlation.MEMBERS,
                        Correlation.INCIDENTS,
                        Correlation.GRAPH)
                .to(
                        topics.incidents().name(),
                        Produced.with(
                                        topics.incidents().key(),
                                        topics.incidents().value())
                                .withName("incidents"));
        return builder.build();
    }

    private static <T extends SpecificRecord> KStream<String, SpecificRecord> read(
            StreamsBuilder builder, Topic<String, T> topic, String name) {
        return builder.stream(
                        topic.name(), Consumed.with(topic.key(), topic.value()).withName("read-" + name))
                .mapValues(value -> (SpecificRecord) value, Named.as(name));
    }

    private static void addStores(StreamsBuilder builder, Topics topics) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(Correlation.MEMBERS), Serdes.String(), topics.serde(Anomaly.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(Correlation.INCIDENTS), Serdes.String(), topics.serde(Incident.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(Correlation.GRAPH), Serdes.String(), topics.serde(GraphEntry.class)));
    }
}
