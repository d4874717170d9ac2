package io.nightshift.learn.topology;

import static io.nightshift.learn.Stories.NIGHT;
import static io.nightshift.learn.Stories.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Attribution;
import io.nightshift.events.Lesson;
import io.nightshift.events.OutcomeKind;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** A lesson of a newer release, with outcomes and fields that this one does not know. */
class NewerReleaseTest {

    @Test
    void whatThisReleaseDoesNotKnowReadsAsUnknownAndTheRestIsKept() throws IOException {
        Schema newer = new Schema.Parser()
                .parse(Lesson.getClassSchema()
                        .toString()
                        .replace("\"HUMAN_DID_OTHERWISE\"]", "\"HUMAN_DID_OTHERWISE\",\"PREVENTED\"]")
                        .replace(
                                "{\"name\":\"sentence\"",
                                "{\"name\":\"prevented\",\"type\":\"int\",\"default\":0},{\"name\":\"sentence\""));
        assertThat(newer.getField("prevented")).as("the schema is a newer one").isNotNull();
        InMemoryRegistry registry = new InMemoryRegistry();
        Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(registry));

        Lesson read = topics.lessons()
                .value()
                .deserializer()
                .deserialize("lessons", framed(registry.idOf("lessons-value", newer), lesson(newer)));

        assertThat(read.getHeld()).isEqualTo(3);
        assertThat(read.getLatest().get(0).getOutcome()).isEqualTo(OutcomeKind.UNKNOWN);
        assertThat(read.getLatest().get(0).getAttribution()).isEqualTo(Attribution.POLICY);
        assertThat(read.getSentence()).isEqualTo("a newer lesson");
    }

    private static GenericRecord lesson(Schema schema) {
        Schema outcome = schema.getField("latest").schema().getElementType();
        GenericRecord latest = new GenericRecordBuilder(outcome)
                .set("incidentId", "inc-1")
                .set("actionId", "act-1")
                .set("outcome", symbol(outcome, "outcome", "PREVENTED"))
                .set("at", NIGHT.toEpochMilli())
                .set("attribution", symbol(outcome, "attribution", "POLICY"))
                .build();
        return new GenericRecordBuilder(schema)
                .set("fingerprint", "fp")
                .set("causeClass", symbol(schema, "causeClass", "MEMORY_LEAK"))
                .set("service", SERVICE)
                .set("action", symbol(schema, "action", "ROLLING_RESTART"))
                .set("held", 3)
                .set("prevented", 2)
                .set("latest", List.of(latest))
                .set("updatedAt", NIGHT.toEpochMilli())
                .set("sentence", "a newer lesson")
                .build();
    }

    private static GenericData.EnumSymbol symbol(Schema record, String field, String symbol) {
        return new GenericData.EnumSymbol(record.getField(field).schema(), symbol);
    }

    private static byte[] framed(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
