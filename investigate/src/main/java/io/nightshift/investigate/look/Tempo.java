package io.nightshift.investigate.look;

import static io.nightshift.investigate.look.Look.optional;
import static io.nightshift.investigate.look.Look.required;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The HTTP API of Grafana Tempo: TraceQL search, and one trace as OTLP in JSON.
 *
 * @see <a href="https://grafana.com/docs/tempo/latest/api_docs/">the API</a>
 */
final class Tempo implements LookSource {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int TRACES = 20;
    private static final Pattern TRACE = Pattern.compile("[0-9a-fA-F]{1,32}");
    private static final String EVERYTHING = "{}";

    private final ToolSettings settings;
    private final ReadApi api;
    private final Clock clock;

    Tempo(ToolSettings settings, Clock clock) {
        this.settings = settings;
        this.api = new ReadApi(settings);
        this.clock = clock;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return settings.kind().label();
    }

    @Override
    public List<LookTool> tools() {
        return List.of(
                new Look(
                        name() + "_search",
                        "Traces in the trace store by a TraceQL query",
                        List.of(
                                optional(
                                        "query",
                                        "TraceQL, such as { resource.service.name = \"shop\" && status = error };"
                                                + " default: any trace"),
                                Window.FROM,
                                Window.TO),
                        this::search),
                new Look(
                        name() + "_trace",
                        "One trace as a tree: who called whom, how long it took, what failed",
                        List.of(required("id", "trace id, hex digits")),
                        this::trace));
    }

    private Seen search(Arguments arguments, Duration timeLeft) throws LookException {
        Window window = Window.of(arguments, clock, LONGEST);
        JsonNode answer = find(arguments.optional("query").orElse(EVERYTHING), window, timeLeft);
        Lines lines = api.lines();
        for (JsonNode trace : answer.path("traces")) {
            lines.add(trace.path("traceID").asText() + " "
                    + trace.path("rootServiceName").asText() + " "
                    + trace.path("rootTraceName").asText() + " "
                    + trace.path("durationMs").asLong() + " ms, began "
                    + Instant.ofEpochMilli(trace.path("startTimeUnixNano").asLong() / 1_000_000));
        }
        if (answer.path("traces").size() >= TRACES) {
            lines.note("only " + TRACES + " traces were asked for");
        }
        return lines.seen();
    }

    private JsonNode find(String query, Window window, Duration timeLeft) throws LookException {
        return api.get(
                ApiPath.of("api", "search")
                        .with("q", query)
                        .with("start", window.from().getEpochSecond())
                        .with("end", window.to().getEpochSecond() + 1)
                        .with("limit", TRACES),
                timeLeft);
    }

    private Seen trace(Arguments arguments, Duration timeLeft) throws LookException {
        String id = arguments.matching("id", TRACE, "1 to 32 hex digits").orElseThrow();
        JsonNode answer = api.get(ApiPath.of("api", "traces", id), timeLeft);
        JsonNode batches = answer.has("batches") ? answer.path("batches") : answer.path("resourceSpans");
        List<SpanTree.Part> parts = new ArrayList<>();
        for (JsonNode batch : batches) {
            String service = service(batch.path("resource").path("attributes"));
            for (JsonNode scope : batch.path("scopeSpans")) {
                scope.path("spans").forEach(span -> parts.add(part(service, span)));
            }
        }
        Lines lines = api.lines();
        SpanTree.write(parts, lines);
        return lines.seen();
    }

    private static String service(JsonNode attributes) {
        for (JsonNode attribute : attributes) {
            if (attribute.path("key").asText().equals("service.name")) {
                return attribute.path("value").path("stringValue").asText();
            }
        }
        return "";
    }

    private static SpanTree.Part part(String service, JsonNode span) {
        long start = span.path("startTimeUnixNano").asLong() / 1000;
        long end = span.path("endTimeUnixNano").asLong() / 1000;
        String code = span.path("status").path("code").asText();
        String message = span.path("status").path("message").asText();
        boolean failed = code.equals("STATUS_CODE_ERROR") || code.equals("2");
        return new SpanTree.Part(
                span.path("spanId").asText(),
                span.path("parentSpanId").asText(),
                service,
                span.path("name").asText(),
                start,
                Math.max(0, end - start),
                failed ? (message.isEmpty() ? "error" : message) : "");
    }

    @Override
    public String check(Duration timeLeft) throws LookException {
        Instant now = clock.instant();
        find(EVERYTHING, new Window(now.minus(Duration.ofMinutes(15)), now), timeLeft);
        return "answers searches";
    }
}
