package io.nightshift.investigate.look;

import static io.nightshift.investigate.look.Lines.format;

import io.nightshift.events.ChangeEvent;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.Resource;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.ServiceRollup;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.SpanStatus;
import io.nightshift.investigate.domain.InquiryScene;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Records of the telemetry topics as lines, the most telling first. */
final class TelemetryView {

    private static final int SERIES = 4;
    private static final int TEMPLATE = 240;

    private record Line(long micros, int severity, String instance, String text) {}

    private final Lines lines;
    private final Window window;
    private final Optional<String> match;

    TelemetryView(Lines lines, Window window, Optional<String> match) {
        this.lines = lines;
        this.window = window;
        this.match = match;
    }

    void minutes(List<ServiceRollup> rollups) {
        rollups.stream().sorted(Comparator.comparing(ServiceRollup::getMinute)).forEach(rollup -> {
            StringBuilder line =
                    new StringBuilder(rollup.getMinute() + " " + rollup.getOpenAnomalies() + " anomalies open");
            for (RollupCalls calls : rollup.getCalls()) {
                if (calls.getInstance() == null) {
                    line.append(calls.getPeer() == null ? "; served " : "; calls to " + calls.getPeer() + " ")
                            .append(format(
                                    "%d, %d failed, p95 %.0f ms",
                                    calls.getCount(), calls.getErrors(), calls.getP95Millis()));
                }
            }
            rollup.getSeries().stream()
                    .limit(SERIES)
                    .forEach(series -> line.append(format("; %s mean %.4g", series.getName(), series.getMean())));
            lines.add(line.toString());
        });
    }

    void metrics(List<MetricBatch> batches) {
        Map<String, TreeMap<Long, Double>> courses = new HashMap<>();
        for (MetricBatch batch : batches) {
            for (MetricSeries series : batch.getSeries()) {
                if (matches(series.getName())) {
                    String name = series.getName() + new TreeMap<>(series.getAttributes()) + " of "
                            + instance(batch.getResource());
                    TreeMap<Long, Double> course = courses.computeIfAbsent(name, any -> new TreeMap<>());
                    for (int i = 0;
                            i
                                    < Math.min(
                                            series.getTimesMicros().size(),
                                            series.getValues().size());
                            i++) {
                        put(
                                course,
                                series.getTimesMicros().get(i),
                                series.getValues().get(i));
                    }
                }
            }
        }
        courses.entrySet().stream()
                .filter(course -> !course.getValue().isEmpty())
                .map(course -> new Course(
                        course.getKey(),
                        List.copyOf(course.getValue().values()),
                        time(course.getValue().firstKey()),
                        time(course.getValue().lastKey())))
                .sorted(Comparator.comparingDouble((Course course) -> -course.movement())
                        .thenComparing(Course::name))
                .forEach(course -> lines.add(course.line()));
    }

    private void put(TreeMap<Long, Double> course, long micros, double value) {
        if (within(micros)) {
            course.put(micros, value);
        }
    }

    void logs(List<LogBatch> batches) {
        List<Line> found = new ArrayList<>();
        for (LogBatch batch : batches) {
            for (LogLine line : batch.getLines()) {
                if (within(line.getTimeMicros()) && matches(line.getBody())) {
                    found.add(new Line(
                            line.getTimeMicros(), line.getSeverity(), instance(batch.getResource()), line.getBody()));
                }
            }
        }
        found.sort(Comparator.comparingInt((Line line) -> -line.severity()).thenComparing(line -> -line.micros()));
        if (match.isPresent()) {
            found.forEach(line -> lines.add(
                    time(line.micros()) + " severity " + line.severity() + " " + line.instance() + " " + line.text()));
            return;
        }
        Map<String, List<Line>> templates = new LinkedHashMap<>();
        found.forEach(line -> templates
                .computeIfAbsent(Untrusted.template(line.text(), TEMPLATE), any -> new ArrayList<>())
                .add(line));
        templates.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, List<Line>> template) ->
                                -template.getValue().get(0).severity())
                        .thenComparing(template -> -template.getValue().size()))
                .forEach(template -> lines.add(template.getValue().size() + " times, severity "
                        + template.getValue().get(0).severity() + ", last "
                        + time(template.getValue().get(0).micros()) + ": " + template.getKey()));
    }

    void spans(List<SpanBatch> batches) {
        record Seen(String instance, Span span) {}
        List<Seen> found = new ArrayList<>();
        for (SpanBatch batch : batches) {
            for (Span span : batch.getSpans()) {
                if (within(span.getStartMicros()) && matches(span.getName())) {
                    found.add(new Seen(instance(batch.getResource()), span));
                }
            }
        }
        found.stream()
                .sorted(Comparator.comparing((Seen seen) -> seen.span().getStatus() != SpanStatus.ERROR)
                        .thenComparing(seen -> -seen.span().getDurationMicros()))
                .forEach(seen -> lines.add(time(seen.span().getStartMicros()) + " " + seen.instance() + " "
                        + seen.span().getKind() + " " + seen.span().getName()
                        + format(" %.1f ms ", seen.span().getDurationMicros() / 1000.0)
                        + seen.span().getStatus()
                        + (seen.span().getStatusMessage().isEmpty()
                                ? ""
                                : " " + seen.span().getStatusMessage())
                        + (seen.span().getPeerAddress() == null
                                ? ""
                                : " to " + seen.span().getPeerAddress())
                        + " in trace " + seen.span().getTraceId()));
    }

    void changes(List<ChangeEvent> changes) {
        changes.stream()
                .sorted(Comparator.comparingLong((ChangeEvent change) -> -change.getTimeMicros()))
                .forEach(change -> lines.add(time(change.getTimeMicros()) + " " + change.getKind()
                        + (change.getVersion() == null ? "" : " to " + change.getVersion())
                        + (change.getPreviousVersion() == null ? "" : " from " + change.getPreviousVersion())
                        + " by " + change.getActor() + ": " + change.getSummary()));
    }

    /** The service's own entry and its edges both ways, as they were at that time. */
    static void graph(List<GraphEntry> entries, String service, Instant at, Lines lines) {
        for (GraphEntry entry : entries) {
            EntityRef subject = entry.getSubject();
            String name = ServiceKey.of(subject).toString();
            boolean there =
                    !entry.getValidFrom().isAfter(at) && InquiryScene.end(entry).isAfter(at);
            if (!there || !(name.equals(service) || service.equals(subject.getPeer()))) {
                continue;
            }
            lines.add(
                    subject.getPeer() == null
                            ? name + " there since " + entry.getValidFrom() + ", instances " + entry.getInstances()
                                    + (entry.getVersion() == null ? "" : ", version " + entry.getVersion())
                            : name + " calls " + subject.getPeer() + " since " + entry.getValidFrom()
                                    + format(
                                            ": when last seen, %s, %.1f calls a second, %.1f %% failed, p95 %.0f ms",
                                            entry.getLastSeen(),
                                            entry.getCallsPerSecond(),
                                            100 * entry.getErrorRatio(),
                                            entry.getP95Millis()));
        }
    }

    private boolean matches(String text) {
        return match.map(text::contains).orElse(true);
    }

    /** A batch's record lies in the window; what it holds need not. */
    private boolean within(long micros) {
        return micros / 1000 >= window.from().toEpochMilli()
                && micros / 1000 <= window.to().toEpochMilli();
    }

    private static String instance(Resource resource) {
        return resource.getInstance() == null ? resource.getService() : resource.getInstance();
    }

    private static Instant time(long micros) {
        return Instant.ofEpochMilli(micros / 1000);
    }
}
