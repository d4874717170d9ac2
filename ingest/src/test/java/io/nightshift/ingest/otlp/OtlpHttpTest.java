package io.nightshift.ingest.otlp;

import static io.nightshift.ingest.Doors.NOW_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.nightshift.events.LogLine;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.Span;
import io.nightshift.ingest.Doors;
import io.nightshift.ingest.Otlp;
import io.nightshift.ingest.TestSettings;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpHttpTest {
    private static final String[] PROTOBUF = {"Content-Type", "application/x-protobuf"};
    private static final String[] JSON = {"Content-Type", "application/json; charset=utf-8"};

    private Doors doors;

    @BeforeEach
    void open() {
        doors = Doors.open();
    }

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void metricsInProtobufBecomeABatchOfTheirResourceAndAreAnsweredInProtobuf() throws Exception {
        byte[] body = Otlp.metrics(Otlp.gauge("jvm.memory.used", Otlp.point(5e7, NOW_MICROS)))
                .toByteArray();

        HttpResponse<byte[]> answer = doors.post("/v1/metrics", body, PROTOBUF);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/x-protobuf");
        assertThat(ExportMetricsServiceResponse.parseFrom(answer.body()).hasPartialSuccess())
                .isFalse();
        MetricBatch batch = doors.sent(doors.topics.metrics()).get(0);
        assertThat(batch.getResource().getService()).isEqualTo("inventory");
        assertThat(batch.getSource()).isEqualTo("otlp-http");
        assertThat(batch.getReceivedAtMicros()).isEqualTo(NOW_MICROS);
        assertThat(batch.getSeries().get(0).getValues()).containsExactly(5e7);
        assertThat(new String(doors.records("telemetry.metrics").get(0).key(), StandardCharsets.UTF_8))
                .isEqualTo("demo/shop/inventory");
        assertThat(doors.records("telemetry.metrics").get(0).timestamp()).isEqualTo(NOW_MICROS / 1000);
    }

    @Test
    void jsonTracesHaveHexIdsEnumNumbersAndNumbersAsText() throws Exception {
        String body = """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},
                 "scopeSpans":[{"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",
                 "parentSpanId":"eee19b7ec3c1b173","name":"GET /stock","kind":3,"futureField":{"a":[1]},
                 "startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":{"code":2,"message":"boom"},
                 "attributes":[{"key":"http.response.status_code","value":{"intValue":"503"}}]}]}]}]}
                """.formatted(NOW_MICROS * 1000, (NOW_MICROS + 1500) * 1000);

        HttpResponse<byte[]> answer = doors.post("/v1/traces", body.getBytes(StandardCharsets.UTF_8), JSON);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
        Span span = doors.sent(doors.topics.spans()).get(0).getSpans().get(0);
        assertThat(span.getTraceId()).isEqualTo(Otlp.TRACE);
        assertThat(span.getSpanId()).isEqualTo(Otlp.SPAN);
        assertThat(span.getParentSpanId()).isEqualTo(Otlp.PARENT);
        assertThat(span.getKind()).hasToString("CLIENT");
        assertThat(span.getStatus()).hasToString("ERROR");
        assertThat(span.getStatusCode()).isEqualTo(503);
        assertThat(span.getDurationMicros()).isEqualTo(1500);
    }

    @Test
    void aGzippedLogLineOfTwoMegabytesIsTakenCutAndMarked() throws Exception {
        byte[] body = Otlp.logs(Otlp.line("x".repeat(2_000_000), NOW_MICROS)).toByteArray();

        HttpResponse<byte[]> answer = doors.post(
                "/v1/logs", gzip(body), "Content-Type", "application/x-protobuf", "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(200);
        LogLine line = doors.sent(doors.topics.logs()).get(0).getLines().get(0);
        assertThat(line.getBody()).hasSize(32 * 1024);
        assertThat(line.getTruncatedBytes()).isEqualTo(2_000_000 - 32 * 1024);
    }

    @Test
    void aGzipBombIsStoppedAtTheInflatedLimit() throws Exception {
        HttpResponse<byte[]> answer = doors.post(
                "/v1/logs",
                gzip(new byte[200_000_000]),
                "Content-Type",
                "application/x-protobuf",
                "Content-Encoding",
                "gzip");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Status.parseFrom(answer.body()).getMessage()).contains("after decompression", "ingest.maxBodyBytes");
        assertThat(doors.producer.history()).isEmpty();
    }

    @Test
    void deeplyNestedJsonIsRefusedNotRecursedInto() throws Exception {
        String deep = "{\"resourceLogs\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        HttpResponse<byte[]> answer = doors.post("/v1/logs", deep.getBytes(StandardCharsets.UTF_8), JSON);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("nesting");
    }

    @Test
    void aBodyThatIsNoProtobufIsAnsweredWithWhatWasExpected() throws Exception {
        HttpResponse<byte[]> answer =
                doors.post("/v1/metrics", "{\"resourceMetrics\":[]}".getBytes(StandardCharsets.UTF_8), PROTOBUF);

        assertThat(answer.statusCode()).isEqualTo(400);
        Status status = Status.parseFrom(answer.body());
        assertThat(status.getCode()).isEqualTo(3);
        assertThat(status.getMessage()).contains("ExportMetricsServiceRequest", "application/json");
    }

    @Test
    void otherContentTypesAndEncodingsAreRefusedWithTheRemedy() throws Exception {
        assertThat(doors.post("/v1/metrics", new byte[0], "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<byte[]> zstd =
                doors.post("/v1/metrics", new byte[9], "Content-Type", "application/json", "Content-Encoding", "zstd");
        assertThat(zstd.statusCode()).isEqualTo(415);
        assertThat(new String(zstd.body(), StandardCharsets.UTF_8)).contains("send gzip or none");
    }

    @Test
    void noRandomOrTruncatedBytesDoAnyHarm() throws Exception {
        Random random = new Random(7);
        byte[] whole = Otlp.traces(Otlp.span(NOW_MICROS, 10), Otlp.span(NOW_MICROS, 20))
                .toByteArray();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = whole.clone();
            for (int flips = random.nextInt(8); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            byte[] body = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            assertThat(doors.post("/v1/traces", body, PROTOBUF).statusCode()).isIn(200, 400);
        }
        doors.producer.clear();
        assertThat(doors.post("/v1/traces", whole, PROTOBUF).statusCode()).isEqualTo(200);
        assertThat(doors.sent(doors.topics.spans()).get(0).getSpans()).hasSize(2);
    }

    @Test
    void aStringThatIsNotUtf8IsMendedAndItsNeighboursPass() throws Exception {
        byte[] body = Otlp.logs(Otlp.line("bad QQ text", NOW_MICROS), Otlp.line("good", NOW_MICROS))
                .toByteArray();
        int at = new String(body, StandardCharsets.ISO_8859_1).indexOf("QQ");
        body[at] = (byte) 0xff;
        body[at + 1] = 0;

        assertThat(doors.post("/v1/logs", body, PROTOBUF).statusCode()).isEqualTo(200);

        assertThat(doors.sent(doors.topics.logs()).get(0).getLines())
                .extracting(LogLine::getBody)
                .containsExactly("bad \uFFFD\uFFFD text", "good");
    }

    @Test
    void whatKafkaDoesNotAcknowledgeIsToBeSentAgainLater() throws Exception {
        byte[] body = Otlp.logs(Otlp.line("x".repeat(2000), NOW_MICROS)).toByteArray();
        try (Doors narrow = Doors.withUnhurriedKafka(TestSettings.with(64, 1000))) {
            HttpResponse<byte[]> answer = narrow.post("/v1/logs", body, PROTOBUF);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after")).contains("2");
        }
        try (Doors away = Doors.withUnhurriedKafka(TestSettings.defaults())) {
            away.producer.sendException = new TimeoutException("no metadata");
            HttpResponse<byte[]> answer = away.post("/v1/logs", body, PROTOBUF);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).contains("2");
        }
    }

    @Test
    void onlyPostIsTaken() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + doors.stage.httpPort() + "/v1/logs"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }
}
