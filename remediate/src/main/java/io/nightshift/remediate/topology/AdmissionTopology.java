package io.nightshift.remediate.topology;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Execution;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.ProbeRequest;
import io.nightshift.events.Trust;
import io.nightshift.runtime.stream.Streams;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;

/**
 * Proposals in, verdicts out, and every action to its end. All that concerns an environment meets in one place, so caps,
 * locks and the wide-outage stop are exact. What people say is told to every place: each knows which of it is its own.
 */
public final class AdmissionTopology {

    private final StreamsBuilder builder;
    private final Topics topics;

    private AdmissionTopology(StreamsBuilder builder, Topics topics) {
        this.builder = builder;
        this.topics = topics;
    }

    public static Topology build(Desk desk, Topics topics, Properties properties) {
        return new AdmissionTopology(Streams.builder(properties), topics).build(desk);
    }

    private Topology build(Desk desk) {
        KStream<String, SpecificRecord> heard = byEnvironment(
                        topics.investigations(), Investigation.class, Investigation::getEnvironment)
                .merge(byEnvironment(topics.incidents(), Incident.class, Incident::getEnvironment))
                .merge(byEnvironment(topics.actions(), ActionEvent.class, ActionEvent::getEnvironment))
                .merge(probeReports())
                .merge(changes(desk))
                .merge(toEveryone(read(topics.controls()), ControlRecord.class))
                .merge(toEveryone(read(topics.halt()), HaltRecord.class))
                .merge(toEveryone(trust(), Trust.class));
        addStores();
        KStream<String, SpecificRecord> said =
                heard.process(() -> new AdmissionProcessor(desk, topics), Named.as("admission"), AdmissionStores.NAMES);
        send(said, ActionEvent.class, topics.actions());
        send(said, Execution.class, topics.executions());
        send(said, ProbeRequest.class, topics.probeRequests());
        bury(said, ControlRecord.class, topics.controls());
        bury(said, HaltRecord.class, topics.halt());
        return builder.build();
    }

    private <T extends SpecificRecord> KStream<String, SpecificRecord> byEnvironment(
            Topic<String, T> topic, Class<T> type, Function<T, String> environment) {
        return byEnvironment(read(topic), type, environment);
    }

    private <T extends SpecificRecord> KStream<String, SpecificRecord> byEnvironment(
            KStream<String, T> told, Class<T> type, Function<T, String> environment) {
        return told.selectKey((key, value) -> environment.apply(value), Named.as(type.getSimpleName() + "-environment"))
                .repartition(Repartitioned.with(Serdes.String(), topics.serde(type))
                        .withName("admission-" + type.getSimpleName().toLowerCase(Locale.ROOT))
                        .withNumberOfPartitions(topics.settings().decisionPartitions()))
                .mapValues(value -> (SpecificRecord) value);
    }

    /** Telemetry: what it tells is recorded beside what was only recorded, and nothing is decided on it. */
    private KStream<String, SpecificRecord> changes(Desk desk) {
        return byEnvironment(
                read(topics.changes())
                        .filter((key, change) -> desk.concerns(change), Named.as("changes-of-the-inventory")),
                ChangeEvent.class,
                change -> ServiceKey.of(change.getService()).environment());
    }

    /** These are keyed by environment where they are written. */
    private KStream<String, SpecificRecord> probeReports() {
        return read(topics.probeReports()).mapValues(value -> (SpecificRecord) value);
    }

    private <T extends SpecificRecord> KStream<String, SpecificRecord> toEveryone(
            KStream<String, T> told, Class<T> type) {
        StreamPartitioner<String, T> everyone = new StreamPartitioner<>() {
            @Override
            public Optional<Set<Integer>> partitions(String name, String key, T value, int partitions) {
                return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
            }
        };
        return told.repartition(Repartitioned.with(Serdes.String(), topics.serde(type))
                        .withStreamPartitioner(everyone)
                        .withName("admission-" + type.getSimpleName().toLowerCase(Locale.ROOT))
                        .withNumberOfPartitions(topics.settings().decisionPartitions()))
                .mapValues(value -> (SpecificRecord) value);
    }

    /** How far what is trusted, for services of any environment; null where what was learned was unlearned. */
    private KStream<String, Trust> trust() {
        Topic<String, Trust> topic = topics.trust();
        return builder.stream(topic.name(), Consumed.with(topic.key(), topic.value()));
    }

    private <T extends SpecificRecord> KStream<String, T> read(Topic<String, T> topic) {
        return builder.stream(topic.name(), Consumed.with(topic.key(), topic.value()))
                .filter((key, value) -> value != null);
    }

    private <T extends SpecificRecord> void send(
            KStream<String, SpecificRecord> said, Class<T> type, Topic<String, T> topic) {
        said.filter((key, value) -> type.isInstance(value), Named.as("is-" + type.getSimpleName()))
                .mapValues(type::cast, Named.as("as-" + type.getSimpleName()))
                .to(topic.name(), Produced.with(topic.key(), topic.value()));
    }

    /** What people said and does not count goes where all bad input goes; the reason stands in its headers. */
    private <T extends SpecificRecord> void bury(
            KStream<String, SpecificRecord> said, Class<T> type, Topic<String, T> source) {
        said.filter((key, value) -> type.isInstance(value), Named.as("is-refused-" + type.getSimpleName()))
                .map(
                        (key, value) -> KeyValue.pair(
                                key.getBytes(StandardCharsets.UTF_8),
                                source.value().serializer().serialize(source.name(), type.cast(value))),
                        Named.as("bytes-of-" + type.getSimpleName()))
                .to(
                        topics.deadLetters().name(),
                        Produced.with(
                                topics.deadLetters().key(), topics.deadLetters().value()));
    }

    private void addStores() {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(AdmissionStores.ACTIONS),
                Serdes.String(),
                topics.serde(ActionState.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(AdmissionStores.INCIDENTS),
                Serdes.String(),
                topics.serde(Incident.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(AdmissionStores.WAITING),
                Serdes.String(),
                topics.serde(Investigation.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(AdmissionStores.NOTES), Serdes.String(), Serdes.String()));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(AdmissionStores.TRUST), Serdes.String(), topics.serde(Trust.class)));
    }
}
