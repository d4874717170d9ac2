package io.nightshift.runtime.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.schemas.registry.RegistryException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class DeadLetterHandlerTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private TopologyTestDriver driver(Deserializer<String> deserializer) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(DeadLetterHandler.TOPIC, "dead");
        properties.put(DeadLetterHandler.STAGE, "detect");
        properties.put(DeadLetterHandler.METERS, meters);
        StreamsBuilder builder = Streams.builder(properties);
        Serde<String> value = Serdes.serdeFrom(Serdes.String().serializer(), deserializer);
        builder.stream("in", Consumed.with(Serdes.String(), value)).to("out", Produced.with(Serdes.String(), value));
        return new TopologyTestDriver(builder.build(), properties);
    }

    private static Deserializer<String> refusing(String poison, RuntimeException fault) {
        return (topic, bytes) -> {
            String text = new String(bytes, UTF_8);
            if (text.equals(poison)) {
                throw fault;
            }
            return text;
        };
    }

    @Test
    void anUndecodableRecordGoesToTheDeadLettersWithItsBytesHeadersAndReasonAndTheStreamGoesOn() {
        try (TopologyTestDriver driver = driver(refusing("bad", new SerializationException("no schema id")))) {
            TestInputTopic<String, String> in =
                    driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
            RecordHeaders own = new RecordHeaders();
            own.add("trace", "t1".getBytes(UTF_8));
            in.pipeInput(new TestRecord<>("k", "bad", own, 12_345L));
            in.pipeInput("k", "good");

            assertThat(driver.createOutputTopic("out", new StringDeserializer(), new StringDeserializer())
                            .readValuesToList())
                    .containsExactly("good");
            List<TestRecord<byte[], byte[]>> dead = driver.createOutputTopic(
                            "dead", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
            assertThat(dead).hasSize(1);
            TestRecord<byte[], byte[]> letter = dead.get(0);
            assertThat(new String(letter.key(), UTF_8)).isEqualTo("in");
            assertThat(new String(letter.value(), UTF_8)).isEqualTo("bad");
            assertThat(header(letter, "trace")).isEqualTo("t1");
            assertThat(header(letter, DeadLetters.SOURCE_TOPIC)).isEqualTo("in");
            assertThat(header(letter, DeadLetters.SOURCE_PARTITION)).isEqualTo("0");
            assertThat(header(letter, DeadLetters.SOURCE_OFFSET)).isEqualTo("0");
            assertThat(header(letter, DeadLetters.SOURCE_TIMESTAMP)).isEqualTo("12345");
            assertThat(header(letter, DeadLetters.SOURCE_KEY)).isEqualTo("k");
            assertThat(header(letter, DeadLetters.REASON)).isEqualTo("no schema id");
            assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("detect");
            assertThat(meters.counter(DeadLetterCount.METRIC, "stage", "detect", "topic", "in")
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aRecordThatCouldNotBeJudgedBecauseTheRegistryIsAwayIsNoDeadLetter() {
        RuntimeException away = RegistryException.unreachable("the registry is away", null);
        try (TopologyTestDriver driver = driver(refusing("bad", away))) {
            TestInputTopic<String, String> in =
                    driver.createInputTopic("in", new StringSerializer(), new StringSerializer());

            assertThatThrownBy(() -> in.pipeInput("k", "bad"))
                    .isInstanceOf(StreamsException.class)
                    .hasRootCause(away);
            assertThat(driver.createOutputTopic("dead", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                            .isEmpty())
                    .isTrue();
        }
    }

    @Test
    void theRegistrysNoMakesADeadLetter() {
        RuntimeException no = RegistryException.refused("schema id 7 is unknown", null);
        try (TopologyTestDriver driver = driver(refusing("bad", no))) {
            driver.createInputTopic("in", new StringSerializer(), new StringSerializer())
                    .pipeInput("k", "bad");

            assertThat(driver.createOutputTopic("dead", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                            .getQueueSize())
                    .isEqualTo(1);
        }
    }

    @Test
    void aLetterThatDiedBeforeKeepsOnlyItsLastPlaceAndReason() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(DeadLetters.REASON, "first".getBytes(UTF_8));
        Record<String, String> source = new Record<>("k", "v", 5L, headers);

        Record<byte[], byte[]> letter =
                DeadLetters.of(Optional.empty(), source, null, new byte[] {1}, 99, "x".repeat(5000), "detect");

        assertThat(letter.timestamp()).isEqualTo(99);
        assertThat(letter.headers().headers(DeadLetters.REASON)).hasSize(1);
        assertThat(letter.headers().lastHeader(DeadLetters.REASON).value()).hasSize(1000);
        assertThat(letter.headers().lastHeader(DeadLetters.SOURCE_KEY)).isNull();
        assertThat(source.headers().lastHeader(DeadLetters.STAGE))
                .as("the source stays as it was")
                .isNull();
    }

    @Test
    void aTolerantSerdeReadsPoisonAsNullAndLetsAnAbsentRegistryThrough() {
        DeadLetterCount count = DeadLetterCount.of(meters, "oversee");
        Serde<String> tolerant = TolerantSerde.of(
                Serdes.serdeFrom(new StringSerializer(), refusing("bad", new SerializationException("poison"))), count);
        Serde<String> away = TolerantSerde.of(
                Serdes.serdeFrom(new StringSerializer(), refusing("bad", RegistryException.unreachable("away", null))),
                count);

        assertThat(tolerant.deserializer().deserialize("controls", "bad".getBytes(UTF_8)))
                .isNull();
        assertThat(tolerant.deserializer().deserialize("controls", "good".getBytes(UTF_8)))
                .isEqualTo("good");
        assertThat(meters.counter(DeadLetterCount.METRIC, "stage", "oversee", "topic", "controls")
                        .count())
                .isEqualTo(1);
        assertThatThrownBy(() -> away.deserializer().deserialize("controls", "bad".getBytes(UTF_8)))
                .isInstanceOf(RegistryException.class);
    }

    @Test
    void theBuilderRefusesWhatHasNoNameOfItsOwn() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        StreamsBuilder builder = Streams.builder(properties);
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
                .groupByKey()
                .count();

        assertThatThrownBy(builder::build).hasMessageContaining("name");
    }

    private static String header(TestRecord<byte[], byte[]> found, String name) {
        return new String(found.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void rawLettersLeaveTheTimestampToTheProducer() {
        ProducerRecord<byte[], byte[]> letter = DeadLetters.of(
                "dead",
                new org.apache.kafka.clients.consumer.ConsumerRecord<>("in", 1, 2, null, new byte[] {9}),
                "reason",
                "detect");

        assertThat(letter.timestamp()).isNull();
        assertThat(letter.value()).containsExactly(9);
        assertThat(new ByteArraySerializer().serialize("dead", letter.key())).isEqualTo("in".getBytes(UTF_8));
    }
}
