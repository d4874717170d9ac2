package io.nightshift.schemas.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricSeries;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class MetricPointsReaderTest {

    private static final String TOPIC = "telemetry.metrics";
    private static final Schema SCHEMA = SpecificData.get().getSchema(MetricBatch.class);

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private final Deserializer<MetricPoints> points = serdes.reading(MetricBatch.class, MetricPointsReader::read);

    @Test
    void theColumnsSayWhatTheRecordSays() {
        for (Object random : new RandomData(new GenericData(), SCHEMA, 200, 7L)) {
            byte[] plain = framed(SCHEMA, random, EncoderFactory.get()::directBinaryEncoder);
            byte[] inBlocks =
                    framed(SCHEMA, random, (out, reuse) -> EncoderFactory.get().blockingBinaryEncoder(out, null));
            MetricBatch record = serdes.of(MetricBatch.class).deserializer().deserialize(TOPIC, plain);
            same(points.deserialize(TOPIC, plain), record);
            same(points.deserialize(TOPIC, inBlocks), record);
        }
    }

    private static void same(MetricPoints read, MetricBatch record) {
        assertThat(read.resource().toString()).isEqualTo(record.getResource().toString());
        assertThat(read.size()).isEqualTo(record.getSeries().size());
        for (int s = 0; s < read.size(); s++) {
            MetricSeries series = record.getSeries().get(s);
            assertThat(read.identity(s))
                    .isEqualTo(new SeriesIdentity(
                            series.getName(),
                            series.getUnit(),
                            series.getKind(),
                            series.getMonotonic(),
                            new java.util.TreeMap<>(series.getAttributes())));
            int count =
                    Math.min(series.getTimesMicros().size(), series.getValues().size());
            assertThat(read.first(s + 1) - read.first(s)).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                int point = read.first(s) + i;
                assertThat(read.time(point)).isEqualTo(series.getTimesMicros().get(i));
                assertThat(read.value(point)).isEqualTo(series.getValues().get(i));
                assertThat(read.start(point)).isEqualTo(at(series.getStartTimesMicros(), i, 0));
                assertThat(read.count(point)).isEqualTo(at(series.getCounts(), i, -1));
            }
            sameBuckets(read.buckets(s), series, count);
        }
    }

    private static void sameBuckets(PointBuckets read, MetricSeries series, int points) {
        int bounds = series.getBucketBounds().size();
        for (int point = 0; point < points; point++) {
            int end = (point + 1) * (bounds + 1);
            assertThat(read.has(point))
                    .isEqualTo(bounds > 0 && series.getBucketCounts().size() >= end);
            if (read.has(point)) {
                double most = series.getBucketBounds().get(0);
                double fitting = 0;
                for (int i = 0; i < bounds && series.getBucketBounds().get(i) <= most; i++) {
                    fitting += series.getBucketCounts().get(end - bounds - 1 + i);
                }
                assertThat(read.atMost(point, most)).isEqualTo(fitting);
            }
        }
    }

    private static long at(List<Long> column, int i, long absent) {
        return i < column.size() ? column.get(i) : absent;
    }

    @Test
    void equalSeriesHaveEqualHashesAndOthersOthers() {
        GenericRecord batch = batch("a", "b", "a");
        MetricPoints read = points.deserialize(TOPIC, framed(SCHEMA, batch, EncoderFactory.get()::directBinaryEncoder));
        assertThat(read.hash(0)).isEqualTo(read.hash(2)).isNotEqualTo(read.hash(1));
    }

    @Test
    void aRecordThatEndsAnywhereTooEarlyIsRefusedAndNothingElseHappens() {
        byte[] whole = framed(SCHEMA, batch("a", "b"), EncoderFactory.get()::directBinaryEncoder);
        for (int length = 5; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> points.deserialize(TOPIC, cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void aCountThatTheRecordCannotHoldAllocatesNothing() {
        byte[] huge = framed(SCHEMA, batch(), EncoderFactory.get()::directBinaryEncoder);
        byte[] lying = Arrays.copyOf(huge, huge.length + 4);
        // The count of series is the last byte of an empty batch: now it says 2^27.
        byte[] count = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1};
        System.arraycopy(count, 0, lying, huge.length - 1, count.length);
        assertThatThrownBy(() -> points.deserialize(TOPIC, lying))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("items in");
    }

    @Test
    void aRecordOfAnotherSchemaVersionIsResolvedFirst() {
        Schema older = SchemaBuilder.record("MetricBatch")
                .namespace("io.nightshift.events")
                .fields()
                .name("resource")
                .type(SCHEMA.getField("resource").schema())
                .noDefault()
                .name("series")
                .type(SCHEMA.getField("series").schema())
                .noDefault()
                .endRecord();
        GenericRecord full = batch("a");
        GenericRecord record = new GenericData.Record(older);
        record.put("resource", full.get("resource"));
        record.put("series", full.get("series"));
        MetricPoints read = points.deserialize(TOPIC, framed(older, record, EncoderFactory.get()::directBinaryEncoder));
        assertThat(read.identity(0).name()).isEqualTo("a");
        assertThat(read.value(0)).isEqualTo(1.5);
    }

    private static GenericRecord batch(String... names) {
        GenericRecord record = (GenericRecord)
                new RandomData(new GenericData(), SCHEMA, 1, 3L).iterator().next();
        Schema series = SCHEMA.getField("series").schema().getElementType();
        record.put(
                "series",
                Arrays.stream(names)
                        .map(name -> {
                            GenericRecord one = (GenericRecord) new RandomData(new GenericData(), series, 1, 5L)
                                    .iterator()
                                    .next();
                            one.put("name", name);
                            one.put("timesMicros", List.of(10L));
                            one.put("values", List.of(1.5));
                            return one;
                        })
                        .toList());
        return record;
    }

    private interface Encoders {
        Encoder over(ByteArrayOutputStream out, BinaryEncoder reuse);
    }

    private byte[] framed(Schema schema, Object value, Encoders encoders) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int id = registry.idOf(TOPIC + "-value", schema);
        out.write(0);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(id >>> shift);
        }
        try {
            Encoder encoder = encoders.over(out, null);
            new GenericDatumWriter<Object>(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
