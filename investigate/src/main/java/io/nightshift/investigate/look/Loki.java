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
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The HTTP API of Loki: LogQL over a time, and the values of labels.
 *
 * @see <a href="https://grafana.com/docs/loki/latest/reference/loki-http-api/">the API</a>
 */
final class Loki implements LookSource {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int POINTS = 60;
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}");

    private record Logged(long nanos, String labels, String line) {}

    private final ToolSettings settings;
    private final ReadApi api;
    private final Clock clock;

    Loki(ToolSettings settings, Clock clock) {
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
                        name() + "_logs",
                        "Log lines, newest first, or counts over time, by a LogQL query on the log store",
                        List.of(
                                required(
                                        "query",
                                        "LogQL, such as {app=\"shop\"} |= \"error\" or"
                                                + " sum by (app) (count_over_time({app=~\".+\"}[1m]))"),
                                Window.FROM,
                                Window.TO),
                        this::logs),
                new Look(
                        name() + "_values",
                        "The labels of the log store, or the values of one",
                        List.of(
                                optional("label", "name of the label; default: all names are listed"),
                                Window.FROM,
                                Window.TO),
                        this::values));
    }

    private Seen logs(Arguments arguments, Duration timeLeft) throws LookException {
        Window window = Window.of(arguments, clock, LONGEST);
        int most = settings.limits().maxLines();
        JsonNode data = data(
                between(ApiPath.of("loki", "api", "v1", "query_range"), window)
                        .with("query", arguments.text("query"))
                        .with("limit", most)
                        .with("step", Math.max(1, window.length().toSeconds() / POINTS))
                        .with("direction", "backward"),
                timeLeft);
        Lines lines = api.lines();
        if (!data.path("resultType").asText().equals("streams")) {
            Samples.write(data, lines);
            return lines.seen();
        }
        List<Logged> logged = new ArrayList<>();
        for (JsonNode stream : data.path("result")) {
            String labels = Samples.labels(stream.path("stream"));
            stream.path("values")
                    .forEach(pair -> logged.add(new Logged(
                            pair.path(0).asLong(), labels, pair.path(1).asText())));
        }
        logged.sort(Comparator.comparingLong((Logged one) -> -one.nanos()));
        logged.forEach(one ->
                lines.add(Instant.ofEpochMilli(one.nanos() / 1_000_000) + " " + one.labels() + " " + one.line()));
        if (logged.size() >= most) {
            lines.note("only the newest " + most + " lines were asked for");
        }
        return lines.seen();
    }

    private Seen values(Arguments arguments, Duration timeLeft) throws LookException {
        Window window = Window.of(arguments, clock, LONGEST);
        ApiPath path = arguments
                .matching("label", LABEL, "the name of a label")
                .map(label -> ApiPath.of("loki", "api", "v1", "label", label, "values"))
                .orElseGet(() -> ApiPath.of("loki", "api", "v1", "labels"));
        Lines lines = api.lines();
        data(between(path, window), timeLeft).forEach(value -> lines.add(value.asText()));
        return lines.seen();
    }

    private static ApiPath between(ApiPath path, Window window) {
        return path.with("start", Window.nanos(window.from())).with("end", Window.nanos(window.to()));
    }

    private JsonNode data(ApiPath path, Duration timeLeft) throws LookException {
        JsonNode answer = api.get(path, timeLeft);
        if (!answer.path("status").asText().equals("success")) {
            throw api.strange();
        }
        return answer.path("data");
    }

    @Override
    public String check(Duration timeLeft) throws LookException {
        Instant now = clock.instant();
        Window lately = new Window(now.minus(Duration.ofMinutes(15)), now);
        int labels = data(between(ApiPath.of("loki", "api", "v1", "labels"), lately), timeLeft)
                .size();
        return "knows " + labels + " labels in the last 15 minutes";
    }
}
