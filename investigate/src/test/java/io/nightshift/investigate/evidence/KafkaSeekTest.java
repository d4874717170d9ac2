package io.nightshift.investigate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.ChangeEvent;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KafkaSeekTest {

    private static final Instant FROM = Scenes.ONSET.minusSeconds(60);
    private static final Instant TO = Scenes.ONSET;

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaAccess kafka;
    private static Topics topics;

    /** Forty changes of inventory a second apart, on its key and on a sub-key; others that must not be found; and rubbish. */
    @BeforeAll
    static void fill() {
        broker = EmbeddedBroker.ephemeral();
        kafka = new KafkaAccess(
                broker.bootstrapServers(), broker.clusterId(), broker.clientProperties(), "", folder.resolve("state"));
        topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
        Provisioning.create(kafka, topics);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int second = -40; second < 0; second++) {
                String key = second % 2 == 0 ? Scenes.id("inventory") : Scenes.id("inventory") + "~3";
                send(producer, key, second, change("inventory", second));
            }
            send(producer, Scenes.id("inventory"), -600, change("inventory", -600));
            send(producer, Scenes.id("inventory"), 600, change("inventory", 600));
            for (String other : List.of("orders", "gateway", "payments", "store", "inventory2")) {
                send(producer, Scenes.id(other), -10, change(other, -10));
            }
            send(producer, Scenes.id("inventory"), -5, "rubbish".getBytes(StandardCharsets.UTF_8));
            send(producer, "gone", -20, change("store", -20));
            send(producer, "gone", -19, null);
            producer.flush();
        }
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    @Test
    void records_of_a_service_and_its_sub_keys_between_two_times_are_found_with_their_places() {
        Sought<ChangeEvent> sought = seek(Duration.ofSeconds(20), 1 << 20);

        assertThat(sought.values())
                .hasSize(40)
                .allMatch(change -> change.getService().getService().equals("inventory"));
        assertThat(sought.records()).allSatisfy(found -> {
            assertThat(found.ref().getTopic()).isEqualTo("telemetry.changes");
            assertThat(found.ref().getOffset()).isNotNegative();
        });
        assertThat(sought.truncated()).isEqualTo("1 records of telemetry.changes unreadable");
    }

    @Test
    void beyond_its_bytes_a_look_ends_and_says_so() {
        Sought<ChangeEvent> sought = seek(Duration.ofSeconds(20), 1);

        assertThat(sought.values()).hasSizeLessThan(50);
        assertThat(sought.truncated()).contains("bytes used up");
    }

    @Test
    void without_time_nothing_is_read_and_that_is_said() {
        Sought<ChangeEvent> sought = seek(Duration.ZERO, 1 << 20);

        assertThat(sought.values()).isEmpty();
        assertThat(sought.truncated()).contains("no time");
    }

    @Test
    void as_a_table_a_topic_has_the_last_record_of_each_key_and_none_of_a_key_that_was_deleted() {
        try (KafkaSeek seek = open(Duration.ofSeconds(20), 1 << 20)) {
            Sought<ChangeEvent> latest = seek.latest(topics.changes());

            assertThat(latest.values())
                    .extracting(change -> change.getService().getService())
                    .containsExactlyInAnyOrder("inventory", "orders", "gateway", "payments", "store", "inventory2");
            assertThat(latest.truncated()).isEqualTo("1 records of telemetry.changes unreadable");
        }
    }

    private static Sought<ChangeEvent> seek(Duration time, long bytes) {
        try (KafkaSeek seek = open(time, bytes)) {
            return seek.seek(topics.changes(), List.of(Scenes.id("inventory")), FROM, TO);
        }
    }

    private static KafkaSeek open(Duration time, long bytes) {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        // One record a fetch or so, as a busy topic with large batches would give.
        properties.put("max.poll.records", 5);
        return new KafkaSeek(
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()), time, bytes);
    }

    private static byte[] change(String service, int second) {
        ChangeEvent change =
                Scenes.shop().release(service, "2", "1", second).changes().get(0);
        return topics.changes().value().serializer().serialize(topics.changes().name(), change);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String key, int second, byte[] value) {
        producer.send(new ProducerRecord<>(
                topics.changes().name(),
                null,
                Scenes.ONSET.plusSeconds(second).toEpochMilli(),
                key.getBytes(StandardCharsets.UTF_8),
                value));
    }
}
