package io.nightshift.schemas;

import io.nightshift.schemas.registry.RegistryException;
import io.nightshift.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The only maker of serdes for our records: Confluent wire format (a zero byte, the schema's id as four bytes big-endian,
 * the Avro binary body), subjects by {@code TopicNameStrategy} ({@code <topic>-value}).
 */
public final class AvroSerdes {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    static {
        EventClasses.trust();
    }

    private final SchemaRegistry registry;

    public AvroSerdes(SchemaRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /** A serde for records of one generated class. Its serializer and deserializer may be shared between threads. */
    public <T extends SpecificRecord> Serde<T> of(Class<T> type) {
        Schema schema = SpecificData.get().getSchema(type);
        return Serdes.serdeFrom(new Writer<T>(registry, schema), new Reader<T>(registry, schema));
    }

    /** Reads the Avro body of a record, in the layout of a known schema, that begins at {@code offset} of {@code bytes}. */
    @FunctionalInterface
    public interface BodyReader<R> {
        R read(byte[] bytes, int offset);
    }

    /**
     * A deserializer that hands the body to {@code body} without making a record of it. What was written with another
     * version of the class's schema is resolved first, the ordinary and slower way.
     */
    public <T extends SpecificRecord, R> Deserializer<R> reading(Class<T> type, BodyReader<R> body) {
        return new LeanReader<>(registry, SpecificData.get().getSchema(type), body);
    }

    private static final class LeanReader<T extends SpecificRecord, R> implements Deserializer<R> {
        private final Reader<T> ordinary;
        private final Schema schema;
        private final BodyReader<R> body;
        private final Map<Integer, Boolean> isOurs = new ConcurrentHashMap<>();

        LeanReader(SchemaRegistry registry, Schema schema, BodyReader<R> body) {
            this.ordinary = new Reader<>(registry, schema);
            this.schema = schema;
            this.body = body;
        }

        @Override
        public R deserialize(String topic, byte[] data) {
            if (data == null) {
                return null;
            }
            int id = Reader.schemaId(topic, data);
            boolean ours = isOurs.computeIfAbsent(
                    id, unknown -> ordinary.writerSchema(topic, unknown).equals(schema));
            return ours
                    ? body.read(data, HEADER_BYTES)
                    : body.read(new Buffers<T>(schema).body(ordinary.deserialize(topic, data)), 0);
        }
    }

    private static final class Writer<T extends SpecificRecord> implements Serializer<T> {
        private final SchemaRegistry registry;
        private final Schema schema;
        private final Map<String, Integer> idByTopic = new ConcurrentHashMap<>();
        private final ThreadLocal<Buffers<T>> buffers;

        Writer(SchemaRegistry registry, Schema schema) {
            this.registry = registry;
            this.schema = schema;
            this.buffers = ThreadLocal.withInitial(() -> new Buffers<>(schema));
        }

        @Override
        public byte[] serialize(String topic, T data) {
            if (data == null) {
                return null;
            }
            int id = idByTopic.computeIfAbsent(topic, name -> registry.idOf(name + "-value", schema));
            try {
                return buffers.get().write(id, data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (AvroRuntimeException | ClassCastException | NullPointerException e) {
                throw new SerializationException(
                        "a " + schema.getName() + " for topic " + topic + " does not fit its schema", e);
            }
        }
    }

    /** Reused per thread: allocating an encoder per record would dominate the cost of small records. */
    private static final class Buffers<T> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        private final SpecificDatumWriter<T> writer;
        private BinaryEncoder encoder;

        Buffers(Schema schema) {
            writer = new SpecificDatumWriter<>(schema);
        }

        byte[] write(int id, T data) throws IOException {
            bytes.reset();
            bytes.write(MAGIC);
            bytes.write(id >>> 24);
            bytes.write(id >>> 16);
            bytes.write(id >>> 8);
            bytes.write(id);
            return append(data);
        }

        /** The body alone, without header. */
        byte[] body(T data) {
            bytes.reset();
            try {
                return append(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private byte[] append(T data) throws IOException {
            encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
            writer.write(data, encoder);
            encoder.flush();
            return bytes.toByteArray();
        }
    }

    private static final class Reader<T extends SpecificRecord> implements Deserializer<T> {
        private final SchemaRegistry registry;
        private final Schema schema;
        private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();
        private final ThreadLocal<BinaryDecoder> decoder = new ThreadLocal<>();

        Reader(SchemaRegistry registry, Schema schema) {
            this.registry = registry;
            this.schema = schema;
        }

        @Override
        public T deserialize(String topic, byte[] data) {
            if (data == null) {
                return null;
            }
            int id = schemaId(topic, data);
            SpecificDatumReader<T> reader = readers.computeIfAbsent(
                    id, unknown -> new SpecificDatumReader<>(writerSchema(topic, unknown), schema));
            try {
                BinaryDecoder input = DecoderFactory.get()
                        .binaryDecoder(data, HEADER_BYTES, data.length - HEADER_BYTES, decoder.get());
                decoder.set(input);
                return reader.read(null, input);
            } catch (IOException | RuntimeException e) {
                throw new SerializationException(
                        "a record of topic " + topic + " is not a " + schema.getFullName() + " of schema id " + id, e);
            }
        }

        /** A registry that answers no makes the record unreadable; one that is out of reach says nothing about the record. */
        private Schema writerSchema(String topic, int id) {
            try {
                return registry.byId(id);
            } catch (RegistryException e) {
                if (e.isTransient()) {
                    throw e;
                }
                throw new SerializationException(
                        "a record of topic " + topic + " names schema id " + id + ": " + e.getMessage(), e);
            }
        }

        private static int schemaId(String topic, byte[] data) {
            if (data.length < HEADER_BYTES || data[0] != MAGIC) {
                throw new SerializationException(
                        "a record of topic " + topic + " does not start with the Confluent wire format's"
                                + " zero byte and four-byte schema id; produce it with a registry-aware Avro serializer");
            }
            return ByteBuffer.wrap(data, 1, 4).getInt();
        }
    }
}
