package io.nightshift.investigate.look;

import static io.nightshift.investigate.look.Look.optional;
import static io.nightshift.investigate.look.Look.required;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The HTTP API of Prometheus, which Thanos, Mimir and VictoriaMetrics speak too: queries, series and label values.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">the API</a>
 */
final class Prometheus implements LookSource {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration SHORTEST_STEP = Duration.ofSeconds(5);
    private static final int POINTS = 60;
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}");

    private final ToolSettings settings;
    private final ReadApi api;
    private final Clock clock;

    Prometheus(ToolSettings settings, Clock clock) {
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
        String name = name();
        return List.of(
                new Look(
                        name + "_query",
                        "A PromQL query on the metrics store at one moment",
                        List.of(
                                required("query", "PromQL, such as up{job=\"shop\"} or rate(http_requests_total[5m])"),
                                optional("time", "moment, UTC, such as 2026-01-31T08:00:00Z; default: now")),
                        this::query),
                new Look(
                        name + "_range",
                        "How a PromQL query developed over a time; the series that moved most come first",
                        List.of(required("query", "PromQL"), Window.FROM, Window.TO),
                        this::range),
                new Look(
                        name + "_series",
                        "Which series of the metrics store match a selector, with their labels",
                        List.of(required("match", "selector, such as {job=\"shop\"}"), Window.FROM, Window.TO),
                        this::series),
                new Look(
                        name + "_values",
                        "The values of a label in the metrics store; label __name__ lists the metrics",
                        List.of(
                                required("label", "name of the label"),
                                optional("match", "selector that the series must match"),
                                Window.FROM,
                                Window.TO),
                        this::values));
    }

    private Seen query(Arguments arguments, Duration timeLeft) throws LookException {
        Instant time = Window.instant(arguments, "time").orElseGet(clock::instant);
        return samples(
                ApiPath.of("api", "v1", "query")
                        .with("query", arguments.text("query"))
                        .with("time", Window.seconds(time)),
                timeLeft);
    }

    private Seen range(Arguments arguments, Duration timeLeft) throws LookException {
        Window window = Window.of(arguments, clock, LONGEST);
        long step = Math.max(SHORTEST_STEP.toSeconds(), window.length().toSeconds() / POINTS);
        return samples(
                between(ApiPath.of("api", "v1", "query_range"), window)
                        .with("query", arguments.text("query"))
                        .with("step", step),
                timeLeft);
    }

    private Seen samples(ApiPath path, Duration timeLeft) throws LookException {
        Lines lines = api.lines();
        Samples.write(data(path.within(api.within(timeLeft)), timeLeft, lines), lines);
        return lines.seen();
    }

    private Seen series(Arguments arguments, Duration timeLeft) throws LookException {
        ApiPath path = between(ApiPath.of("api", "v1", "series"), Window.of(arguments, clock, LONGEST))
                .with("match[]", arguments.text("match"))
                .with("limit", settings.limits().maxLines() + 1L);
        Lines lines = api.lines();
        data(path, timeLeft, lines).forEach(series -> lines.add(Samples.labels(series)));
        return lines.seen();
    }

    private Seen values(Arguments arguments, Duration timeLeft) throws LookException {
        String label = arguments.matching("label", LABEL, "the name of a label").orElseThrow();
        ApiPath path = between(ApiPath.of("api", "v1", "label", label, "values"), Window.of(arguments, clock, LONGEST))
                .with("match[]", arguments.optional("match"));
        Lines lines = api.lines();
        data(path, timeLeft, lines).forEach(value -> lines.add(value.asText()));
        return lines.seen();
    }

    private static ApiPath between(ApiPath path, Window window) {
        return path.with("start", Window.seconds(window.from())).with("end", Window.seconds(window.to()));
    }

    private JsonNode data(ApiPath path, Duration timeLeft, Lines lines) throws LookException {
        JsonNode answer = api.get(path, timeLeft);
        if (!answer.path("status").asText().equals("success")) {
            throw api.strange();
        }
        if (!answer.path("warnings").isEmpty()) {
            lines.note(name() + " says that its answer is not whole");
        }
        return answer.path("data");
    }

    @Override
    public String check(Duration timeLeft) throws LookException {
        Lines lines = new Lines(1);
        data(ApiPath.of("api", "v1", "query").with("query", "vector(1)"), timeLeft, lines);
        return "answers queries";
    }
}
