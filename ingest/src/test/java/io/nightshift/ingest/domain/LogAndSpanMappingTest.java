package io.nightshift.ingest.domain;

import static io.nightshift.ingest.Doors.NOW_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.SpanStatus;
import io.nightshift.ingest.Otlp;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class LogAndSpanMappingTest {
    private static final Reception RECEPTION = new Reception(NOW_MICROS, "test");

    private final LogMapping logs = new LogMapping(Limits.defaults(), Spread.none());
    private final SpanMapping spans = new SpanMapping(Limits.defaults(), Spread.none());

    private LogLine line(LogRecord.Builder record) {
        return logs.map(Otlp.logs(record), RECEPTION)
                .parcels()
                .get(0)
                .value()
                .getLines()
                .get(0);
    }

    private Span span(io.opentelemetry.proto.trace.v1.Span.Builder span) {
        return spans.map(Otlp.traces(span), RECEPTION)
                .parcels()
                .get(0)
                .value()
                .getSpans()
                .get(0);
    }

    @Test
    void aLineKeepsItsSeverityIdsAndAttributes() {
        LogLine line = line(Otlp.line("out of memory", NOW_MICROS)
                .setTraceId(Otlp.hex(Otlp.TRACE))
                .setSpanId(Otlp.hex(Otlp.SPAN))
                .addAttributes(Otlp.text("exception.type", "java.lang.OutOfMemoryError")));

        assertThat(line.getBody()).isEqualTo("out of memory");
        assertThat(line.getSeverity()).isEqualTo(17);
        assertThat(line.getSeverityText()).isEqualTo("ERROR");
        assertThat(line.getTraceId()).isEqualTo(Otlp.TRACE);
        assertThat(line.getSpanId()).isEqualTo(Otlp.SPAN);
        assertThat(line.getAttributes()).containsEntry("exception.type", "java.lang.OutOfMemoryError");
        assertThat(line.getTruncatedBytes()).isZero();
    }

    @Test
    void aCutBodyEndsWithAWholeCharacterAndSaysWhatIsMissing() {
        String body = "a" + "€".repeat(20_000);

        LogLine line = line(Otlp.line(body, NOW_MICROS));

        assertThat(body).startsWith(line.getBody());
        assertThat(Text.utf8Length(line.getBody())).isBetween(32 * 1024 - 3, 32 * 1024);
        assertThat(line.getTruncatedBytes() + Text.utf8Length(line.getBody())).isEqualTo(60_001);
    }

    @Test
    void aStructuredBodyBecomesJson() {
        AnyValue.Builder body = AnyValue.newBuilder();
        body.getKvlistValueBuilder().addValues(Otlp.text("msg", "say \"hi\"\n")).addValues(Otlp.number("n", 7));

        assertThat(line(Otlp.line("", NOW_MICROS).setBody(body)).getBody())
                .isEqualTo("{\"msg\":\"say \\\"hi\\\"\\u000a\",\"n\":7}");
    }

    @Test
    void aLineWithoutTimeTakesTheObservedOneAndThenThatOfReception() {
        long observed = NOW_MICROS - 5;
        assertThat(line(Otlp.line("x", 0).setObservedTimeUnixNano(observed * 1000))
                        .getTimeMicros())
                .isEqualTo(observed);
        assertThat(line(Otlp.line("x", 0)).getTimeMicros()).isEqualTo(NOW_MICROS);
    }

    @Test
    void attributesOfALineAreCutAndNotAReasonToLoseTheLine() {
        LogRecord.Builder record = Otlp.line("x", NOW_MICROS).addAttributes(Otlp.text("big", "v".repeat(1_000_000)));
        for (int i = 0; i < 200; i++) {
            record.addAttributes(Otlp.text("k" + i, "v"));
        }

        LogLine line = line(record);

        assertThat(line.getAttributes()).hasSize(64);
        assertThat(line.getAttributes().get("big")).endsWith("…");
        assertThat(Text.utf8Length(line.getAttributes().get("big"))).isLessThanOrEqualTo(8 * 1024);
    }

    @Test
    void theLargestPossibleLinesAndResourcesStillFitIntoRecords() {
        LogRecord.Builder record = Otlp.line("😀".repeat(50_000), NOW_MICROS);
        for (int i = 0; i < 64; i++) {
            record.addAttributes(Otlp.text("k" + i, "€".repeat(5_000)));
        }
        LogRecord.Builder[] records = new LogRecord.Builder[20];
        Arrays.fill(records, record);

        try (Serde<LogBatch> serde = new AvroSerdes(new InMemoryRegistry()).of(LogBatch.class)) {
            int lines = 0;
            for (Parcel<LogBatch> parcel :
                    logs.map(Otlp.logs(records), RECEPTION).parcels()) {
                assertThat(serde.serializer().serialize("t", parcel.value()).length)
                        .isLessThanOrEqualTo(256 * 1024);
                lines += parcel.items();
            }
            assertThat(lines).isEqualTo(20);
        }
    }

    @Test
    void aLineAYearAheadIsSetAside() {
        Normalised<LogBatch> result = logs.map(
                Otlp.logs(Otlp.line("now", NOW_MICROS), Otlp.line("then", NOW_MICROS + 3_700_000_000L)), RECEPTION);

        assertThat(result.parcels().get(0).items()).isEqualTo(1);
        assertThat(result.quarantined().get(0).value().getLines().get(0).getBody())
                .isEqualTo("then");
    }

    @Test
    void aClientSpanNamesItsPeerAndItsProtocolStatus() {
        Span span = span(Otlp.span(NOW_MICROS, 1234)
                .addAttributes(Otlp.text("server.address", "inventory.local"))
                .addAttributes(Otlp.number("server.port", 8081))
                .addAttributes(Otlp.number("http.response.status_code", 503))
                .setStatus(Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("503"))
                .addEvents(Event.newBuilder()
                        .setName("exception")
                        .addAttributes(Otlp.text("exception.type", "java.net.SocketTimeoutException"))));

        assertThat(span.getPeerAddress()).isEqualTo("inventory.local:8081");
        assertThat(span.getStatusCode()).isEqualTo(503);
        assertThat(span.getStatus()).isEqualTo(SpanStatus.ERROR);
        assertThat(span.getParentSpanId()).isEqualTo(Otlp.PARENT);
        assertThat(span.getDurationMicros()).isEqualTo(1234);
        assertThat(span.getAttributes()).containsEntry("exception.type", "java.net.SocketTimeoutException");
    }

    @Test
    void thePeerIsReadFromTheUrlWhenNothingElseNamesIt() {
        assertThat(span(Otlp.span(NOW_MICROS, 1).addAttributes(Otlp.text("url.full", "http://pay:8443/x?y")))
                        .getPeerAddress())
                .isEqualTo("pay:8443");
        assertThat(span(Otlp.span(NOW_MICROS, 1).addAttributes(Otlp.text("url.full", "not a url")))
                        .getPeerAddress())
                .isNull();
    }

    @Test
    void aSpanThatEndsBeforeItStartsHasNoDuration() {
        assertThat(span(Otlp.span(NOW_MICROS, -50)).getDurationMicros()).isZero();
    }

    @Test
    void aSpanWithoutValidIdsIsLeftOutAndItsNeighbourPasses() {
        Normalised<SpanBatch> result = spans.map(
                Otlp.traces(
                        Otlp.span(NOW_MICROS, 1).setSpanId(Otlp.hex("0000000000000000")),
                        Otlp.span(NOW_MICROS, 1).setTraceId(Otlp.hex("abcd")),
                        Otlp.span(NOW_MICROS, 1)),
                RECEPTION);

        assertThat(result.drops().counts()).containsEntry(Reason.INVALID_ID, 2);
        assertThat(result.parcels().get(0).items()).isEqualTo(1);
    }
}
