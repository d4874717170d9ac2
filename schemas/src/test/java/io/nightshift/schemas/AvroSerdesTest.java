package io.nightshift.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.events.EntityRef;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.nightshift.schemas.registry.RegistryException;
import io.nightshift.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroSerdesTest {

    private static final String TOPIC = "t";
    private static final EntityRef ENTITY = new ServiceKey("demo", "shop", "orders").entity("orders-1");

    private final SchemaRegistry registry = new InMemoryRegistry();
    private final Serde<EntityRef> serde = new AvroSerdes(registry).of(EntityRef.class);

    static List<Class<? extends SpecificRecord>> contracts() {
        return Contracts.types();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyContractComesBackAsItWent(Class<? extends SpecificRecord> type) throws JsonProcessingException {
        roundTrip(type);
    }

    /** Random data written by plain Avro, as any other producer would; maps may change their order, not their bytes' sum. */
    private <T extends SpecificRecord> void roundTrip(Class<T> type) throws JsonProcessingException {
        Serde<T> any = new AvroSerdes(registry).of(type);
        Schema schema = SpecificData.get().getSchema(type);
        for (Object random : new RandomData(new GenericData(), schema, 5, 42L)) {
            byte[] foreign = framed(registry.idOf(TOPIC + "-value", schema), schema, random);
            T read = any.deserializer().deserialize(TOPIC, foreign);
            byte[] written = any.serializer().serialize(TOPIC, read);
            assertThat(written).hasSameSizeAs(foreign);
            assertThat(json(any.deserializer().deserialize(TOPIC, written))).isEqualTo(json(read));
        }
    }

    /** By content: Avro's own equals throws on decoded lists of records that hold a nullable Instant. */
    private static JsonNode json(SpecificRecord found) throws JsonProcessingException {
        return new ObjectMapper().readTree(found.toString());
    }

    private static byte[] framed(int id, Schema schema, Object datum) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema, new GenericData()).write(datum, encoder);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void recordsStartWithAZeroByteAndTheSchemaId() {
        byte[] bytes = serde.serializer().serialize(TOPIC, ENTITY);

        assertThat(bytes[0]).isZero();
        assertThat(registry.byId(ByteBuffer.wrap(bytes, 1, 4).getInt())).isEqualTo(EntityRef.getClassSchema());
        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(ENTITY);
    }

    @Test
    void nullIsATombstone() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void whatIsNotOurFormatIsRefusedWithTheRemedy() {
        byte[] good = serde.serializer().serialize(TOPIC, ENTITY);
        byte[] wrongMagic = good.clone();
        wrongMagic[0] = 7;
        byte[] unknownId = good.clone();
        unknownId[1] = 99;

        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, wrongMagic))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("topic t")
                .hasMessageContaining("registry-aware Avro serializer");
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, new byte[] {0, 1}))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, unknownId))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("schema id");
        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPIC, Arrays.copyOf(good, good.length - 3)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("EntityRef");
    }

    @Test
    void anAbsentRegistryIsNotTheRecordsFaultAndIsAskedAgain() {
        byte[] bytes = serde.serializer().serialize(TOPIC, ENTITY);
        boolean[] isAway = {true};
        SchemaRegistry flaky = new SchemaRegistry() {
            @Override
            public int idOf(String subject, Schema schema) {
                throw RegistryException.unreachable("away", null);
            }

            @Override
            public Schema byId(int id) {
                if (isAway[0]) {
                    throw RegistryException.unreachable("away", null);
                }
                return registry.byId(id);
            }
        };
        Serde<EntityRef> lonely = new AvroSerdes(flaky).of(EntityRef.class);

        assertThatThrownBy(() -> lonely.deserializer().deserialize(TOPIC, bytes))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isTransient())
                        .isTrue());
        isAway[0] = false;
        assertThat(lonely.deserializer().deserialize(TOPIC, bytes)).isEqualTo(ENTITY);
    }
}
