package io.nightshift.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.runtime.KafkaRig;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.StageHealth;
import io.nightshift.runtime.kafka.ClusterId;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.KafkaFault;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.runtime.kafka.TopicCheck;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.nightshift.schemas.registry.RegistryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams applications and topic provisioning against a real broker. */
class StreamStageTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    private KafkaRig rig;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.ephemeral();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void topics() {
        rig = new KafkaRig(broker, "s" + NUMBER.incrementAndGet() + "-", 2, folder);
    }

    /** Counts values in a RocksDB store and throws what the fault says, once a record. */
    private Topology counting(Properties properties, java.util.function.Function<Long, RuntimeException> fault) {
        StreamsBuilder builder = Streams.builder(properties);
        builder.stream(
                        rig.input.name(),
                        Consumed.with(rig.input.key(), rig.input.value()).withName("read"))
                .groupBy((key, value) -> value, Grouped.with("by-value", Serdes.String(), rig.input.value()))
                .count(
                        Named.as("count"),
                        Materialized.<String, Long, KeyValueStore<Bytes, byte[]>>as("counts")
                                .withKeySerde(Serdes.String()))
                .toStream(Named.as("changes"))
                .mapValues(
                        count -> {
                            RuntimeException thrown = fault.apply(count);
                            if (thrown != null) {
                                throw thrown;
                            }
                            return String.valueOf(count);
                        },
                        Named.as("text"))
                .to(
                        rig.output.name(),
                        Produced.with(Serdes.String(), rig.output.value()).withName("write"));
        return builder.build();
    }

    @Test
    void aStageRunsCountsAndStops() {
        rig.write(0, "a", "a", KafkaRig.POISON, "a");
        StreamStage stage =
                StreamStage.builder(rig.context, "count").build(properties -> counting(properties, n -> null));
        assertThat(stage.health().state()).isEqualTo(StageHealth.State.STARTING);
        try (stage) {
            stage.start();
            await().atMost(SOON).until(() -> rig.results().contains("3"));
            assertThat(stage.health().isRunning()).isTrue();
            assertThat(rig.deadLetters()).hasSize(1);
            assertThat(rig.context.meters().getMeters())
                    .as("the metrics of Kafka Streams are bound")
                    .anyMatch(meter -> meter.getId().getName().startsWith("kafka.stream"));
        }
        assertThat(stage.health().state()).isEqualTo(StageHealth.State.STOPPED);
    }

    /** So a restarted process goes on with the partitions of the one that was killed, and a copied folder harms nobody. */
    @Test
    void whoeverIsStartedFromTheSameFolderTakesThePlaceOfTheFirst() {
        StreamStage first =
                StreamStage.builder(rig.context, "count").build(properties -> counting(properties, n -> null));
        KafkaAccess kafka = rig.context.kafka();
        StageContext copied = new StageContext(
                rig.context.topics(),
                new KafkaAccess(
                        kafka.bootstrapServers(),
                        kafka.clusterId(),
                        kafka.security(),
                        kafka.prefix(),
                        folder.resolve("copy")),
                rig.context.config(),
                rig.context.inventory(),
                rig.context.meters(),
                rig.context.folder(),
                rig.context.clock());
        StreamStage second = StreamStage.builder(copied, "count").build(properties -> counting(properties, n -> null));
        try (first;
                second) {
            first.start();
            await().atMost(SOON).until(() -> first.health().isRunning());
            second.start();
            await().atMost(SOON).until(() -> first.health().state() == StageHealth.State.FAILED);
            assertThat(first.health().detail()).contains("instance");
            rig.write(0, "a");
            await().atMost(SOON).until(() -> rig.results().contains("1"));
        }
    }

    @Test
    void aPassingFaultIsTriedAgainAndNothingIsCountedTwice() {
        rig.write(0, "a", "a");
        AtomicInteger faults = new AtomicInteger();
        StreamStage stage = StreamStage.builder(rig.context, "count")
                .build(properties -> counting(
                        properties,
                        n -> n == 2 && faults.incrementAndGet() == 1
                                ? RegistryException.unreachable("the registry is away", null)
                                : null));
        try (stage) {
            stage.start();
            await().atMost(SOON).until(() -> rig.results().contains("2"));
            await().atMost(SOON).until(() -> stage.health().isRunning());
            assertThat(faults).hasValueGreaterThanOrEqualTo(2);
            assertThat(rig.results()).doesNotContain("3");
        }
    }

    @Test
    void aFaultOfOurOwnStopsTheStageAndNamesTheCause() {
        rig.write(0, "a");
        StreamStage stage = StreamStage.builder(rig.context, "count")
                .build(properties -> counting(properties, n -> new IllegalStateException("a bug")));
        try (stage) {
            stage.start();
            await().atMost(SOON).until(() -> stage.health().state() == StageHealth.State.FAILED);
            assertThat(stage.health().detail()).contains("a bug");
        }
        assertThat(stage.health().state()).as("closing does not hide it").isEqualTo(StageHealth.State.FAILED);
    }

    @Test
    void underHaltEvenAPassingFaultStopsTheStage() {
        rig.write(0, "a");
        StreamStage stage = StreamStage.builder(rig.context, "count")
                .onCrash(OnCrash.HALT)
                .build(properties -> counting(properties, n -> RegistryException.unreachable("away", null)));
        try (stage) {
            stage.start();
            await().atMost(SOON).until(() -> stage.health().state() == StageHealth.State.FAILED);
        }
    }

    @Test
    void topicsAreMadeOnceAndFoundAsDeclared() {
        Topics topics = topics("made-", 2);

        assertThat(Provisioning.create(rig.context.kafka(), topics))
                .hasSize(topics.all().size());
        assertThat(Provisioning.create(rig.context.kafka(), topics)).isEmpty();
        assertThatCode(() -> TopicCheck.verify(rig.context.kafka(), topics)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TopicCheck.verify(rig.context.kafka(), topics("made-", 3)))
                .isInstanceOf(KafkaFault.class)
                .hasMessageContaining("topic made-telemetry.metrics has 2 partitions, 3 are expected");
        assertThatThrownBy(() -> TopicCheck.verify(rig.context.kafka(), topics("absent-", 2)))
                .hasMessageContaining("topic absent-incidents is missing")
                .hasMessageContaining("nightshift topics create");
    }

    @Test
    void anUnreachableKafkaIsNamedWithinBoundedTime() {
        long begun = System.nanoTime();

        assertThatThrownBy(() -> ClusterId.access("127.0.0.1:1", Map.of(), "", folder))
                .isInstanceOf(KafkaFault.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("check that the brokers run");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(13));
        assertThatThrownBy(() -> TopicCheck.verify(
                        new KafkaAccess("no.such.host.invalid:9092", "", Map.of(), "", folder), topics("x", 1)))
                .isInstanceOf(KafkaFault.class)
                .hasMessageContaining("no.such.host.invalid:9092");
    }

    private static Topics topics(String prefix, int telemetryPartitions) {
        return new Topics(
                new TopicSettings(prefix, telemetryPartitions, 1, 1, (short) 1),
                new AvroSerdes(new InMemoryRegistry()));
    }
}
