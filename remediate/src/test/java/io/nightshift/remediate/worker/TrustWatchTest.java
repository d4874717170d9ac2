package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Execution;
import io.nightshift.events.Trust;
import io.nightshift.remediate.Stories;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.nightshift.schemas.registry.RegistryException;
import io.nightshift.schemas.trust.TrustKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;

/** The trust topic as the executor reads it: in two partitions, the record in the second. */
class TrustWatchTest {

    private static final byte[] GARBAGE = {9, 9, 9};

    private final Serde<Trust> serde = new AvroSerdes(new InMemoryRegistry()).of(Trust.class);
    private final List<byte[]> records = new ArrayList<>();
    private final Execution execution =
            Executions.allowed(Stories.inventory(4), Stories.CLUSTER, "", ActionKind.ROLLING_RESTART, plan -> plan);
    private final Instant now = Instant.now();
    private boolean brokerIsAway;
    private boolean registryIsAway;

    private final TrustWatch watch = new TrustWatch(
            new Topic<>(
                    "trust", Serdes.String(), Serdes.serdeFrom(serde.serializer(), this::decode), 2, 1024, Map.of()),
            this::consumer,
            Stories.inventory(4));

    private Trust decode(String topic, byte[] bytes) {
        if (registryIsAway) {
            throw RegistryException.unreachable("the registry is away", null);
        }
        return serde.deserializer().deserialize(topic, bytes);
    }

    private Consumer<byte[], byte[]> consumer() {
        TopicPartition first = new TopicPartition("trust", 0);
        TopicPartition second = new TopicPartition("trust", 1);
        byte[] key = TrustKey.of(trust(4)).toString().getBytes(StandardCharsets.UTF_8);
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
            @Override
            public synchronized void assign(Collection<TopicPartition> partitions) {
                super.assign(partitions);
                for (int i = 0; i < records.size(); i++) {
                    addRecord(new ConsumerRecord<>("trust", 1, i, key, records.get(i)));
                }
            }
        };
        if (brokerIsAway) {
            consumer.setOffsetsException(new TimeoutException("away"));
        }
        consumer.updateBeginningOffsets(Map.of(first, 0L, second, 0L));
        consumer.updateEndOffsets(Map.of(first, 0L, second, (long) records.size()));
        return consumer;
    }

    private Trust trust(int level) {
        return Stories.distrust(level, now).build();
    }

    private void written(Trust trust) {
        records.add(serde.serializer().serialize("trust", trust));
    }

    @Test
    void whereNothingIsKnownNothingIsStopped() {
        assertThat(watch.look(execution, now).stops()).isFalse();
    }

    @Test
    void whatWasLostStopsWhatWasToBeDoneAlone() {
        written(trust(3));
        assertThat(watch.look(execution, now).reason()).contains("trust: level 3", "it did harm in inc-9");
    }

    @Test
    void whatCannotBeReadStopsUntilItCanBe() {
        brokerIsAway = true;
        assertThat(watch.look(execution, now)).matches(Look::unreadable).matches(Look::stops);
        brokerIsAway = false;
        assertThat(watch.look(execution, now).stops()).isFalse();
    }

    @Test
    void whileTheRegistryIsAwayARecordSaysNothingYetAndNothingIsDone() {
        written(trust(3));
        registryIsAway = true;
        assertThat(watch.look(execution, now)).matches(Look::unreadable);
        registryIsAway = false;
        assertThat(watch.look(execution, now)).matches(look -> look.stops() && !look.unreadable());
    }

    @Test
    void ofARecordThatNobodyCanReadTheOneBeforeItStands() {
        written(trust(3));
        records.add(GARBAGE);
        assertThat(watch.look(execution, now).reason()).contains("trust: level 3");
    }

    @Test
    void whatWasUnlearnedNoLongerStops() {
        written(trust(3));
        records.add(null);
        assertThat(watch.look(execution, now).stops()).isFalse();
    }
}
