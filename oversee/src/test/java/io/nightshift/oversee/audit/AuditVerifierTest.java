package io.nightshift.oversee.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.AuditEntry;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.oversee.domain.audit.AuditChain;
import io.nightshift.oversee.domain.audit.AuditDraft;
import io.nightshift.oversee.domain.audit.AuditHead;
import io.nightshift.oversee.domain.audit.Source;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test has topics of its own, by their prefix, on one broker. */
class AuditVerifierTest {

    private static final Instant NIGHT = Instant.parse("2026-01-10T03:12:00Z");

    private static EmbeddedBroker broker;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.ephemeral();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aLedgerThatFitsItsSourcesVerifies() throws Exception {
        Ledger ledger = new Ledger("fits-");
        ledger.decisions(5);
        ledger.entries(5);

        AuditReport report = ledger.verify(Map.of(), true);

        assertThat(report.fault()).isNull();
        assertThat(report.verified()).isTrue();
        assertThat(report.entries()).isEqualTo(5);
        assertThat(report.sourcesChecked()).isEqualTo(5);
    }

    @Test
    void aDecisionThatTheLedgerHasNotReachedIsPendingAndNoFault() throws Exception {
        Ledger ledger = new Ledger("pending-");
        ledger.decisions(5);
        ledger.entries(3);

        AuditReport report = ledger.verify(Map.of(), true);

        assertThat(report.verified()).isTrue();
        assertThat(report.pending()).isEqualTo(2);
    }

    @Test
    void aDecisionThatWasLeftOutIsNamed() throws Exception {
        Ledger ledger = new Ledger("left-out-");
        ledger.decisions(3);
        ledger.entry(0, 0);
        ledger.entry(2, 2);

        AuditReport report = ledger.verify(Map.of(), true);

        assertThat(report.verified()).isFalse();
        assertThat(report.fault()).contains("offset 1 of left-out-halt-0").contains("no entry");
    }

    @Test
    void aSourceThatDiffersFromItsEntryIsNamed() throws Exception {
        Ledger ledger = new Ledger("edited-");
        ledger.decisions(3);
        ledger.entry(0, 0);
        ledger.entry(1, 2);

        AuditReport report = ledger.verify(Map.of(), true);

        assertThat(report.fault()).contains("offset 1 of edited-halt-0").contains("edited");
        assertThat(ledger.verify(Map.of(), false).verified())
                .as("the chain itself is in order")
                .isTrue();
    }

    @Test
    void anEntryWhoseSourceIsGoneIsNamed() throws Exception {
        Ledger ledger = new Ledger("gone-");
        ledger.decisions(2);
        ledger.bytes.add(new byte[] {1});
        ledger.entries(3);

        assertThat(ledger.verify(Map.of(), true).fault())
                .contains("offset 2 of gone-halt-0")
                .contains("deleted");
    }

    @Test
    void anEndThatWasCutOffShowsByTheExportedHead() throws Exception {
        Ledger ledger = new Ledger("cut-");
        ledger.decisions(2);
        ledger.entries(2);
        Path heads = folder.resolve("heads.txt");
        ExportedHeads.append(heads, ledger.head);
        ExportedHeads.append(heads, new AuditHead(7, "f".repeat(64)));

        assertThat(ledger.verify(ExportedHeads.read(heads), false).fault()).contains("entry 7 was exported");
    }

    @Test
    void whatIsNoEntryAtAllIsNamed() throws Exception {
        Ledger ledger = new Ledger("rubbish-");
        ledger.entries(0);
        ledger.send(ledger.topics.audit().name(), "audit", new byte[] {42});

        assertThat(ledger.verify(Map.of(), false).fault()).contains("offset 0 can't be read");
    }

    /** Decisions and entries written as the test wants them, past the topology that would write them right. */
    private static final class Ledger {
        private final Topics topics;
        private final KafkaAccess kafka;
        private final List<byte[]> bytes = new ArrayList<>();
        private AuditHead head;

        Ledger(String prefix) {
            topics = new Topics(TopicSettings.embedded().withPrefix(prefix), new AvroSerdes(new InMemoryRegistry()));
            kafka = new KafkaAccess(
                    broker.bootstrapServers(), broker.clusterId(), broker.clientProperties(), prefix, folder);
            Provisioning.create(kafka, topics);
        }

        void decisions(int count) throws Exception {
            for (int i = 0; i < count; i++) {
                HaltRecord halt = HaltRecord.newBuilder()
                        .setMode(HaltMode.HALT)
                        .setActor("ada")
                        .setAt(NIGHT.plusSeconds(i))
                        .build();
                byte[] value = topics.halt()
                        .value()
                        .serializer()
                        .serialize(topics.halt().name(), halt);
                bytes.add(value);
                send(topics.halt().name(), "halt", value);
            }
        }

        void entries(int count) throws Exception {
            for (int i = 0; i < count; i++) {
                entry(i, i);
            }
        }

        /** An entry that says it is of the record at {@code offset}, with the hash of the record {@code hashed}. */
        void entry(int offset, int hashed) throws Exception {
            AuditEntry draft = AuditDraft.undecodable(
                    Source.of(topics.halt().name(), 0, offset, NIGHT, bytes.get(hashed)), "test");
            AuditEntry entry = AuditChain.seal(draft, head);
            head = AuditHead.of(entry);
            send(
                    topics.audit().name(),
                    "audit",
                    topics.audit().value().serializer().serialize(topics.audit().name(), entry));
        }

        void send(String topic, String key, byte[] value) throws Exception {
            try (KafkaProducer<String, byte[]> producer =
                    new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>(topic, key, value)).get();
            }
        }

        AuditReport verify(Map<Long, String> exported, boolean complete) {
            return new AuditVerifier(kafka, topics).verify(exported, complete);
        }
    }
}
