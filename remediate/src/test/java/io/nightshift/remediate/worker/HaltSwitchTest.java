package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.nightshift.schemas.registry.RegistryException;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaltSwitchTest {

    private static final TopicPartition PLACE = new TopicPartition("halt", 0);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final SigningKey alice = SigningKey.generate();
    private final SigningKey robot = SigningKey.generate();
    private final Serde<HaltRecord> serde = new AvroSerdes(new InMemoryRegistry()).of(HaltRecord.class);
    private final List<byte[]> records = new ArrayList<>();
    private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private boolean registryIsAway;

    private HaltSwitch halt;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("alice" + TrustedKeys.SUFFIX), alice.publicPem());
        Files.writeString(folder.resolve("robot" + TrustedKeys.SERVICE_SUFFIX), robot.publicPem());
        Serde<HaltRecord> decoding = Serdes.serdeFrom(serde.serializer(), this::decode);
        halt = new HaltSwitch(
                new Topic<>("halt", Serdes.String(), decoding, 1, 1024, Map.of()),
                this::consumer,
                TrustedKeys.read(folder),
                Set.of());
    }

    private HaltRecord decode(String topic, byte[] bytes) {
        if (registryIsAway) {
            throw RegistryException.unreachable("the registry is away", null);
        }
        return serde.deserializer().deserialize(topic, bytes);
    }

    private Consumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
            @Override
            public synchronized void assign(java.util.Collection<TopicPartition> partitions) {
                super.assign(partitions);
                for (int i = 0; i < records.size(); i++) {
                    addRecord(new ConsumerRecord<>("halt", 0, i, new byte[0], records.get(i)));
                }
            }
        };
        consumer.updateBeginningOffsets(Map.of(PLACE, 0L));
        consumer.updateEndOffsets(Map.of(PLACE, (long) records.size()));
        consumers.add(consumer);
        return consumer;
    }

    private void said(HaltMode mode, Instant at) {
        said(mode, at, alice);
    }

    private void said(HaltMode mode, Instant at, SigningKey key) {
        said(signed(mode, at, key));
    }

    private void said(HaltRecord record) {
        records.add(serde.serializer().serialize("halt", record));
    }

    private static HaltRecord signed(HaltMode mode, Instant at, SigningKey key) {
        HaltRecord record = HaltRecord.newBuilder()
                .setMode(mode)
                .setActor("alice")
                .setAt(at)
                .setReason("testing")
                .build();
        return ControlSignature.sign(record, key);
    }

    @Test
    void whileTheRegistryIsAwayNothingIsDoneAndAfterwardsTheRecordsCountAsTheyAre() {
        said(HaltMode.HALT, NOON);
        said(HaltMode.RESUME, NOON.plusSeconds(1));
        registryIsAway = true;
        assertThat(halt.look(false).stops()).isTrue();
        assertThat(halt.look(false).unreadable()).isTrue();
        registryIsAway = false;
        assertThat(halt.look(false)).isEqualTo(Look.FREE);
    }

    @Test
    void aRecordThatNobodyCanDecodeStopsCompensationsToo() {
        records.add(new byte[] {9, 9, 9});
        assertThat(halt.look(true).stops()).isTrue();
        assertThat(halt.look(true).unreadable()).isFalse();
    }

    @Test
    void aHaltStopsNoCompensationButLiftsNoFreeze() {
        said(HaltMode.HALT, NOON);
        assertThat(halt.look(false).stops()).isTrue();
        assertThat(halt.look(true)).isEqualTo(Look.FREE);
        halt.close();
        records.clear();
        said(HaltMode.FREEZE, NOON);
        said(HaltMode.HALT, NOON.plusSeconds(1));
        assertThat(halt.look(true).stops()).isTrue();
        halt.close();
        said(HaltMode.RESUME, NOON.plusSeconds(2));
        said(HaltMode.HALT, NOON.plusSeconds(3));
        assertThat(halt.look(true)).isEqualTo(Look.FREE);
    }

    @Test
    void onlyAPersonsOwnAndNewResumeLiftsAHalt() {
        said(HaltMode.RESUME, NOON, alice);
        said(HaltMode.HALT, NOON.plusSeconds(1));
        said(HaltMode.RESUME, NOON.plusSeconds(2), SigningKey.generate());
        assertStopped("a stranger's");
        said(HaltRecord.newBuilder(signed(HaltMode.RESUME, NOON, alice))
                .setAt(NOON.plusSeconds(2))
                .build());
        assertStopped("one that was changed after it was signed");
        said(HaltMode.RESUME, NOON.plusSeconds(2), robot);
        assertStopped("a service's");
        said(HaltMode.RESUME, NOON, alice);
        assertStopped("a copy of an earlier one");
        said(HaltMode.RESUME, NOON.plusSeconds(3), alice);
        halt.close();
        assertThat(halt.look(false)).isEqualTo(Look.FREE);
    }

    /** By whoever reads the topic anew. */
    private void assertStopped(String resume) {
        halt.close();
        assertThat(halt.look(false).stops()).as(resume).isTrue();
    }

    @Test
    void whoeverDeletesTheTopicLiftsNothing() {
        said(HaltMode.HALT, NOON);
        assertThat(halt.look(false).stops()).isTrue();
        records.clear();
        consumers.get(0).updateEndOffsets(Map.of(PLACE, 0L));
        for (int i = 0; i < 3; i++) {
            assertThat(halt.look(false).reason()).contains("got shorter");
        }
    }

    @Test
    void itLetsGoOfItsConsumer() {
        halt.look(false);
        halt.close();
        assertThat(consumers).singleElement().satisfies(consumer -> assertThat(consumer.closed())
                .isTrue());
    }
}
