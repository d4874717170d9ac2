package io.nightshift.investigate.look;

import static io.nightshift.investigate.look.Lines.format;
import static io.nightshift.investigate.look.Look.optional;
import static io.nightshift.investigate.look.Look.required;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import io.nightshift.runtime.config.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The HTTP API behind Jaeger's own pages: services, traces of a service, one trace.
 *
 * @see <a href="https://www.jaegertracing.io/docs/latest/architecture/apis/">the APIs</a>
 */
final class Jaeger implements LookSource {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int TRACES = 20;
    private static final Pattern TRACE = Pattern.compile("[0-9a-fA-F]{1,32}");

    private record Summary(String line, boolean failed, long micros) {}

    private final ToolSettings settings;
    private final ReadApi api;
    private final Clock clock;

    Jaeger(ToolSettings settings, Clock clock) {
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
                new Look(name() + "_services", "The services that the trace store knows", List.of(), this::services),
                new Look(
                        name() + "_traces",
                        "Traces through a service, failed and slow ones first",
                        List.of(
                                required("service", "name of the service as the trace store spells it"),
                                optional("operation", "name of the operation"),
                                optional("longer", "shortest duration, such as 500ms or 2s"),
                                optional("failed", "true for failed ones only"),
                                Window.FROM,
                                Window.TO),
                        this::traces),
                new Look(
                        name() + "_trace",
                        "One trace as a tree: who called whom, how long it took, what failed",
                        List.of(required("id", "trace id, hex digits")),
                        this::trace));
    }

    private Seen services(Arguments arguments, Duration timeLeft) throws LookException {
        Lines lines = api.lines();
        data(ApiPath.of("api", "services"), timeLeft).forEach(service -> lines.add(service.asText()));
        return lines.seen();
    }

    private Seen traces(Arguments arguments, Duration timeLeft) throws LookException {
        Window window = Window.of(arguments, clock, LONGEST);
        ApiPath path = ApiPath.of("api", "traces")
                .with("service", arguments.text("service"))
                .with("operation", arguments.optional("operation"))
                .with("minDuration", longer(arguments))
                .with("start", Window.micros(window.from()))
                .with("end", Window.micros(window.to()))
                .with("limit", TRACES);
        if (arguments.oneOf("failed", List.of("true", "false")).orElse("false").equals("true")) {
            path.with("tags", "{\"error\":\"true\"}");
        }
        List<Summary> summaries = new ArrayList<>();
        JsonNode traces = data(path, timeLeft);
        traces.forEach(trace -> summaries.add(summary(trace)));
        Lines lines = api.lines();
        summaries.stream()
                .sorted(Comparator.comparing((Summary one) -> !one.failed()).thenComparing(one -> -one.micros()))
                .forEach(one -> lines.add(one.line()));
        if (traces.size() >= TRACES) {
            lines.note("only " + TRACES + " traces were asked for");
        }
        return lines.seen();
    }

    static Optional<String> longer(Arguments arguments) throws LookException {
        Optional<String> text = arguments.optional("longer");
        if (text.isPresent() && Durations.parse(text.get()).isEmpty()) {
            throw new LookException("the argument longer must be a duration such as 500ms or 2s");
        }
        return text.map(String::strip);
    }

    private static Summary summary(JsonNode trace) {
        List<SpanTree.Part> parts = parts(trace);
        Set<String> services = new HashSet<>();
        parts.forEach(part -> services.add(part.service()));
        SpanTree.Part first = parts.stream()
                .min(Comparator.comparingLong(SpanTree.Part::startMicros))
                .orElse(new SpanTree.Part("", "", "", "no spans", 0, 0, ""));
        long failed = parts.stream().filter(part -> !part.failure().isEmpty()).count();
        String line = trace.path("traceID").asText() + " " + first.service() + " " + first.operation() + " "
                + format("%.1f ms", first.durationMicros() / 1000.0) + ", " + parts.size() + " spans in "
                + services.size() + " services, " + failed + " failed, began "
                + Instant.ofEpochMilli(first.startMicros() / 1000);
        return new Summary(line, failed > 0, first.durationMicros());
    }

    private Seen trace(Arguments arguments, Duration timeLeft) throws LookException {
        String id = arguments.matching("id", TRACE, "1 to 32 hex digits").orElseThrow();
        List<SpanTree.Part> parts = new ArrayList<>();
        data(ApiPath.of("api", "traces", id), timeLeft).forEach(trace -> parts.addAll(parts(trace)));
        Lines lines = api.lines();
        SpanTree.write(parts, lines);
        return lines.seen();
    }

    private static List<SpanTree.Part> parts(JsonNode trace) {
        List<SpanTree.Part> parts = new ArrayList<>();
        for (JsonNode span : trace.path("spans")) {
            String parent = "";
            for (JsonNode reference : span.path("references")) {
                if (reference.path("refType").asText().equals("CHILD_OF")) {
                    parent = reference.path("spanID").asText();
                }
            }
            parts.add(new SpanTree.Part(
                    span.path("spanID").asText(),
                    parent,
                    trace.path("processes")
                            .path(span.path("processID").asText())
                            .path("serviceName")
                            .asText(),
                    span.path("operationName").asText(),
                    span.path("startTime").asLong(),
                    span.path("duration").asLong(),
                    failure(span.path("tags"))));
        }
        return parts;
    }

    private static String failure(JsonNode tags) {
        boolean failed = false;
        String message = "";
        for (JsonNode tag : tags) {
            String value = tag.path("value").asText();
            switch (tag.path("key").asText()) {
                case "error" -> failed |= value.equals("true");
                case "otel.status_code" -> failed |= value.equals("ERROR");
                case "otel.status_description" -> message = value;
                default -> {}
            }
        }
        return failed ? (message.isEmpty() ? "error" : message) : "";
    }

    private JsonNode data(ApiPath path, Duration timeLeft) throws LookException {
        JsonNode answer = api.get(path, timeLeft);
        if (!answer.has("data")) {
            throw api.strange();
        }
        return answer.path("data");
    }

    @Override
    public String check(Duration timeLeft) throws LookException {
        return "knows " + data(ApiPath.of("api", "services"), timeLeft).size() + " services";
    }
}
