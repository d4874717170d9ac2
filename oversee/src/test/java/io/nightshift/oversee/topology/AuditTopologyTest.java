package io.nightshift.oversee.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.AuditEntry;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.oversee.domain.audit.ChainCheck;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.testing.GoldenTopology;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTopologyTest {

    private static final Instant NIGHT = Instant.parse("2026-01-10T03:12:00Z");

    @TempDir
    Path folder;

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    private Topology topology;
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        Properties streams = new KafkaAccess("unused:1", "cluster", Map.of(), "", folder).streams("audit");
        topology = AuditTopology.build(streams, topics);
        driver = new TopologyTestDriver(topology, streams);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void theShapeIsTheReviewedOne() {
        GoldenTopology.assertMatches(topology, "audit");
    }

    @Test
    void everyDecisionBecomesALinkOfOneChain() {
        input(topics.actions()).pipeInput("inc-1", action());
        input(topics.halt()).pipeInput("halt", halt());
        input(topics.actions()).pipeInput("inc-2", action());

        List<AuditEntry> entries = entries();

        assertThat(entries)
                .extracting(AuditEntry::getSourceType)
                .containsExactly("ActionEvent", "HaltRecord", "ActionEvent");
        assertThat(entries).extracting(AuditEntry::getSequence).containsExactly(0L, 1L, 2L);
        ChainCheck check = new ChainCheck(Map.of());
        entries.forEach(check::accept);
        check.end();
        assertThat(check.fault()).isEmpty();
    }

    @Test
    void anEntryProvesTheBytesOfItsSource() {
        byte[] bytes =
                topics.actions().value().serializer().serialize(topics.actions().name(), action());
        raw(topics.actions()).pipeInput("inc-1", bytes, NIGHT);

        AuditEntry entry = entries().get(0);

        assertThat(entry.getSourceSha256()).isEqualTo(CauseHash.sha256(bytes));
        assertThat(entry.getSourceTopic()).isEqualTo("actions");
        assertThat(entry.getSourceTime()).isEqualTo(NIGHT);
        assertThat(entry.getActionId()).isEqualTo("act-1");
    }

    @Test
    void whatCannotBeDecodedIsAnEntryToo() {
        raw(topics.controls()).pipeInput("x", "not avro".getBytes(StandardCharsets.UTF_8), NIGHT);
        raw(topics.controls()).pipeInput("x", new byte[] {0, 0, 0, 0, 99, 1}, NIGHT);
        raw(topics.controls()).pipeInput("x", null, NIGHT);

        assertThat(entries())
                .extracting(AuditEntry::getSourceType)
                .containsOnly("UNDECODABLE")
                .hasSize(3);
    }

    private List<AuditEntry> entries() {
        return driver.createOutputTopic(
                        topics.audit().name(),
                        new StringDeserializer(),
                        topics.audit().value().deserializer())
                .readValuesToList();
    }

    private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), new StringSerializer(), topic.value().serializer());
    }

    private TestInputTopic<String, byte[]> raw(Topic<String, ?> topic) {
        return driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer());
    }

    private static ActionEvent action() {
        return ActionEvent.newBuilder()
                .setId("e-1")
                .setActionId("act-1")
                .setStatus(ActionStatus.STARTED)
                .setAt(NIGHT)
                .setIncidentId("inc-1")
                .setEnvironment("demo")
                .setService("demo/shop/inventory")
                .setAction(ActionKind.RESTART)
                .setTarget("demo/shop/inventory")
                .setSentence("restarting inventory-1")
                .build();
    }

    private static HaltRecord halt() {
        return HaltRecord.newBuilder()
                .setMode(HaltMode.HALT)
                .setActor("ada")
                .setAt(NIGHT)
                .build();
    }
}
