package io.nightshift.detect.topology;

import io.nightshift.detect.DetectSettings;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.HalfEdge;
import io.nightshift.schemas.KeyPartition;
import io.nightshift.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The service graph. The two ends of a call are in different partitions, so slim half edges travel by span id to where they
 * meet; what was seen on an edge travels on, every few seconds, to the caller's own partition, where one writer keeps it.
 */
final class ServiceGraphs {

    private ServiceGraphs() {}

    static void follow(KStream<String, Arrival> telemetry, DetectSettings settings, Topics topics, Tallies tallies) {
        int partitions = topics.settings().telemetryPartitions();
        Map<String, String> addresses = settings.addresses();
        KStream<String, GraphEntry> edges = telemetry
                .filter((service, arrival) -> arrival instanceof Arrival.Spans, Named.as("spans"))
                .flatMap((service, arrival) -> HalfEdges.of((Arrival.Spans) arrival), Named.as("halves"))
                .repartition(Repartitioned.with(Serdes.String(), topics.serde(HalfEdge.class))
                        .withName("half-edges")
                        .withNumberOfPartitions(partitions))
                .process(() -> new EdgeJoin(addresses, tallies), Named.as("join-edges"))
                .repartition(Repartitioned.with(Serdes.String(), topics.serde(GraphEntry.class))
                        .withName("edges-by-caller")
                        .withNumberOfPartitions(partitions));
        KStream<String, GraphKeeping.Sighting> sightings = telemetry
                .mapValues(arrival -> new GraphKeeping.Sighting(arrival, null), Named.as("sightings"))
                .merge(
                        edges.mapValues(edge -> new GraphKeeping.Sighting(null, edge), Named.as("edge-sightings")),
                        Named.as("with-edges"));
        sightings
                .process(keeping(topics, tallies), Named.as("keep-graph"))
                .to(
                        topics.topology().name(),
                        Produced.with(topics.topology().key(), topics.topology().value())
                                .withName("topology")
                                .withStreamPartitioner(byEnvironment()));
    }

    /**
     * Keys name the interval so that compaction keeps each; an environment's entries still share its anomalies' partition.
     * No slash stands in an environment's name: {@link io.nightshift.schemas.ServiceKey} keeps it out.
     */
    private static StreamPartitioner<String, GraphEntry> byEnvironment() {
        return (topic, key, value, partitions) -> {
            byte[] environment = key.substring(0, key.indexOf('/')).getBytes(StandardCharsets.UTF_8);
            return Optional.of(Set.of(KeyPartition.of(environment, partitions)));
        };
    }

    private static ProcessorSupplier<String, GraphKeeping.Sighting, String, GraphEntry> keeping(
            Topics topics, Tallies tallies) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, GraphKeeping.Sighting, String, GraphEntry> get() {
                return new GraphKeeping(tallies);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(GraphKeeping.STORE),
                        Serdes.String(),
                        topics.serde(GraphEntry.class)));
            }
        };
    }
}
