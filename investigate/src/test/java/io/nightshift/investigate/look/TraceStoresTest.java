package io.nightshift.investigate.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import io.nightshift.investigate.look.ToolSettings.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TraceStoresTest {

    private static final String TRACE = """
            {"traceID":"ab12","spans":[
            {"traceID":"ab12","spanID":"2","operationName":"SELECT","references":[{"refType":"CHILD_OF","traceID":"ab12","spanID":"1"}],
            "startTime":1772334000002000,"duration":900000,"tags":[{"key":"error","type":"bool","value":true},
            {"key":"otel.status_description","type":"string","value":"too many connections"}],"logs":[],"processID":"p2"},
            {"traceID":"ab12","spanID":"1","operationName":"GET /cart","references":[],
            "startTime":1772334000000000,"duration":950500,"tags":[],"logs":[],"processID":"p1"}],
            "processes":{"p1":{"serviceName":"shop","tags":[]},"p2":{"serviceName":"store","tags":[]}},"warnings":null}""";
    private static final String CALM = """
            {"traceID":"cd34","spans":[{"spanID":"9","operationName":"GET /","references":[],"startTime":1772334100000000,
            "duration":99000000,"tags":[{"key":"error","type":"bool","value":false}],"processID":"p1"}],
            "processes":{"p1":{"serviceName":"shop"}}}""";

    private FakeApi api;
    private Jaeger jaeger;
    private Tempo tempo;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        jaeger = new Jaeger(api.settings(Kind.JAEGER), Looking.CLOCK);
        tempo = new Tempo(api.settings(Kind.TEMPO), Looking.CLOCK);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void jaeger_lists_services_and_traces_with_failed_ones_first() throws LookException {
        api.on("/api/services", "{\"data\":[\"shop\",\"store\"],\"total\":2,\"limit\":0,\"offset\":0,\"errors\":null}");
        api.on("/api/traces", "{\"data\":[" + CALM + "," + TRACE + "],\"errors\":null}");

        assertThat(Looking.at(jaeger, "jaeger_services", Map.of()).lines()).containsExactly("shop", "store");
        Seen seen = Looking.at(jaeger, "jaeger_traces", Map.of("service", "shop", "longer", "500ms", "failed", "true"));

        assertThat(seen.lines())
                .containsExactly(
                        "ab12 shop GET /cart 950.5 ms, 2 spans in 2 services, 1 failed, began 2026-03-01T03:00:00Z",
                        "cd34 shop GET / 99000.0 ms, 1 spans in 1 services, 0 failed, began 2026-03-01T03:01:40Z");
        assertThat(api.last().query())
                .containsEntry("service", "shop")
                .containsEntry("minDuration", "500ms")
                .containsEntry("tags", "{\"error\":\"true\"}")
                .containsEntry("start", "1772334000000000")
                .containsEntry("limit", "20");
        assertThat(jaeger.check(Duration.ofSeconds(5))).isEqualTo("knows 2 services");
    }

    @Test
    void one_trace_is_a_tree_whatever_order_its_spans_come_in() throws LookException {
        api.on("/api/traces/ab12", "{\"data\":[" + TRACE + "]}");

        assertThat(Looking.at(jaeger, "jaeger_trace", Map.of("id", "ab12")).lines())
                .containsExactly(
                        "shop GET /cart 950.5 ms, began 2026-03-01T03:00:00Z",
                        "· store SELECT 900.0 ms, failed: too many connections");
    }

    @Test
    void spans_that_call_each_other_in_a_circle_end() throws LookException {
        api.on("/api/traces/ab12", """
                {"data":[{"traceID":"ab12","spans":[
                {"spanID":"1","operationName":"a","references":[{"refType":"CHILD_OF","spanID":"2"}],"processID":"p"},
                {"spanID":"2","operationName":"b","references":[{"refType":"CHILD_OF","spanID":"1"}],"processID":"p"},
                {"spanID":"3","operationName":"c","references":[{"refType":"CHILD_OF","spanID":"3"}],"processID":"p"}],
                "processes":{"p":{"serviceName":"shop"}}}]}""");

        Seen seen = Looking.at(jaeger, "jaeger_trace", Map.of("id", "ab12"));

        assertThat(seen.lines()).hasSize(1).first().asString().startsWith("shop c");
        assertThat(seen.truncated()).startsWith("2 spans left out");
    }

    @Test
    void a_trace_id_is_hex_and_a_duration_is_one() {
        for (String id : new String[] {"../services", "ab/12", "xyz", "a".repeat(33)}) {
            assertThat(Looking.refusal(jaeger, "jaeger_trace", Map.of("id", id)))
                    .contains("hex digits");
            assertThat(Looking.refusal(tempo, "tempo_trace", Map.of("id", id))).contains("hex digits");
        }
        assertThat(Looking.refusal(jaeger, "jaeger_traces", Map.of("service", "shop", "longer", "1s&x=y")))
                .contains("must be a duration");
        assertThat(Looking.refusal(jaeger, "jaeger_traces", Map.of("service", "shop", "failed", "maybe")))
                .contains("must be one of true, false");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void tempo_searches_by_traceql_and_shows_a_trace_of_otlp() throws LookException {
        api.on("/api/search", """
                {"traces":[{"traceID":"ab12","rootServiceName":"shop","rootTraceName":"GET /cart",
                "startTimeUnixNano":"1772334000000000000","durationMs":950,"spanSet":{"spans":[],"matched":1}}],
                "metrics":{"inspectedTraces":3}}""");
        api.on("/api/traces/ab12", """
                {"batches":[
                {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"store"}}]},"scopeSpans":[{"spans":[
                {"traceId":"qxI=","spanId":"Ag==","parentSpanId":"AQ==","name":"SELECT","startTimeUnixNano":"1772334000002000000",
                "endTimeUnixNano":"1772334000902000000","status":{"code":"STATUS_CODE_ERROR","message":"too many connections"}}]}]},
                {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"scopeSpans":[{"spans":[
                {"traceId":"qxI=","spanId":"AQ==","name":"GET /cart","startTimeUnixNano":"1772334000000000000",
                "endTimeUnixNano":"1772334000950500000","status":{}}]}]}]}""");

        assertThat(Looking.at(tempo, "tempo_search", Map.of("query", "{ status = error }"))
                        .lines())
                .containsExactly("ab12 shop GET /cart 950 ms, began 2026-03-01T03:00:00Z");
        assertThat(api.last().query())
                .containsEntry("q", "{ status = error }")
                .containsEntry("start", "1772334000")
                .containsEntry("end", "1772334901");
        assertThat(Looking.at(tempo, "tempo_trace", Map.of("id", "ab12")).lines())
                .containsExactly(
                        "shop GET /cart 950.5 ms, began 2026-03-01T03:00:00Z",
                        "· store SELECT 900.0 ms, failed: too many connections");
        assertThat(tempo.check(Duration.ofSeconds(5))).isEqualTo("answers searches");
    }
}
