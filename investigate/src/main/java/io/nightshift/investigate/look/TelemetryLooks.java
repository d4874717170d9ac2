package io.nightshift.investigate.look;

import static io.nightshift.investigate.look.Look.optional;
import static io.nightshift.investigate.look.Look.required;

import io.nightshift.events.GraphEntry;
import io.nightshift.investigate.evidence.EvidenceReader;
import io.nightshift.investigate.evidence.Sought;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Parameter;
import io.nightshift.investigate.look.LookTool.Seen;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Nightshift's own topics by service and time: what the evidence pack had no room for. Bounded in bytes and seconds. */
public final class TelemetryLooks implements LookSource {

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final int LINES = 60;
    private static final String NAME = "telemetry";

    private static final Parameter SERVICE =
            required("service", "environment/namespace/service, as the evidence names it");

    private final Topics topics;
    private final Function<Duration, EvidenceReader> readers;
    private final Duration most;
    private final Clock clock;

    /**
     * @param readers opens a reader for one look that may take so long
     * @param most greatest time of a look
     */
    public TelemetryLooks(Topics topics, Function<Duration, EvidenceReader> readers, Duration most, Clock clock) {
        this.topics = topics;
        this.readers = readers;
        this.most = most;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public List<LookTool> tools() {
        Parameter match = optional("match", "text that the name must hold; default: all");
        return List.of(
                look(
                        "minutes",
                        "A service minute by minute: requests, failures, durations and its most telling metrics",
                        List.of(SERVICE, Window.FROM, Window.TO),
                        topics::rollups,
                        (sought, view) -> view.minutes(sought.values())),
                look(
                        "metrics",
                        "How a service's metrics developed, those that moved most first",
                        List.of(SERVICE, match, Window.FROM, Window.TO),
                        topics::metrics,
                        (sought, view) -> view.metrics(sought.values())),
                look(
                        "logs",
                        "What a service logged: line templates with counts, errors first; with a text to match, the lines",
                        List.of(
                                SERVICE,
                                optional("match", "text that the line must hold; default: templates of all lines"),
                                Window.FROM,
                                Window.TO),
                        topics::logs,
                        (sought, view) -> view.logs(sought.values())),
                look(
                        "spans",
                        "A service's spans, failed and slow ones first",
                        List.of(SERVICE, match, Window.FROM, Window.TO),
                        topics::spans,
                        (sought, view) -> view.spans(sought.values())),
                look(
                        "changes",
                        "What was changed in a service, newest first",
                        List.of(SERVICE, Window.FROM, Window.TO),
                        topics::changes,
                        (sought, view) -> view.changes(sought.values())),
                new Look(
                        NAME + "_graph",
                        "Who called a service and whom it called, as it was at a moment",
                        List.of(SERVICE, optional("time", "moment, UTC, such as 2026-01-31T08:00:00Z; default: now")),
                        this::graph));
    }

    /** One topic's look. The topic is asked for when it is looked at: listing the tools needs no registry. */
    private <V> LookTool look(
            String name,
            String description,
            List<Parameter> parameters,
            Supplier<Topic<String, V>> topic,
            BiConsumer<Sought<V>, TelemetryView> shows) {
        return new Look(NAME + "_" + name, description, parameters, (arguments, timeLeft) -> {
            String service = service(arguments);
            Window window = Window.of(arguments, clock, LONGEST);
            try (EvidenceReader reader = readers.apply(shorter(timeLeft))) {
                Sought<V> sought = reader.seek(topic.get(), List.of(service), window.from(), window.to());
                Lines lines = lines(sought);
                shows.accept(sought, new TelemetryView(lines, window, arguments.optional("match")));
                return lines.seen();
            }
        });
    }

    private Seen graph(Arguments arguments, Duration timeLeft) throws LookException {
        String service = service(arguments);
        Instant time = Window.instant(arguments, "time").orElseGet(clock::instant);
        Sought<GraphEntry> sought = wholeGraph(timeLeft);
        Lines lines = lines(sought);
        TelemetryView.graph(sought.values(), service, time, lines);
        return lines.seen();
    }

    /** Every interval of it. */
    private Sought<GraphEntry> wholeGraph(Duration timeLeft) {
        try (EvidenceReader reader = readers.apply(shorter(timeLeft))) {
            return reader.latest(topics.topology());
        }
    }

    private static Lines lines(Sought<?> sought) {
        Lines lines = new Lines(LINES);
        if (!sought.truncated().isEmpty()) {
            lines.note(sought.truncated());
        }
        return lines;
    }

    private static String service(Arguments arguments) throws LookException {
        try {
            return ServiceKey.parse(arguments.text("service")).toString();
        } catch (IllegalArgumentException e) {
            throw new LookException(
                    "the argument service must have the form environment/namespace/service, as the evidence names it",
                    e);
        }
    }

    private Duration shorter(Duration timeLeft) {
        return timeLeft.compareTo(most) < 0 ? timeLeft : most;
    }

    @Override
    public String check(Duration timeLeft) throws LookException {
        Sought<GraphEntry> sought = wholeGraph(timeLeft);
        if (sought.records().isEmpty() && !sought.truncated().isEmpty()) {
            throw new LookException(sought.truncated() + "; an operator has to check Kafka and the registry");
        }
        return "reads the topics; the service graph has " + sought.records().size() + " entries";
    }
}
