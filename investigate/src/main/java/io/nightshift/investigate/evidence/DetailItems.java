package io.nightshift.investigate.evidence;

import io.nightshift.events.EntityRef;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Resource;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Items for detail from the suspects' telemetry: log templates by frequency with an exemplar, and metrics that moved. */
final class DetailItems {

    private static final int LINE = 200;
    private static final int TEMPLATES_PER_SERVICE = 6;
    private static final int SERIES_PER_INSTANCE = 8;
    private static final int WARNING = 13;
    private static final Set<String> TELLING = Set.of("memory", "gc", "cpu", "thread", "connections", "queue", "disk");

    private record Counted(EntityRef subject, String text, String exemplar, RecordRef first, long at, int count) {
        private Counted again() {
            return new Counted(subject, text, exemplar, first, at, count + 1);
        }
    }

    private record Course(EntityRef subject, MetricSeries series, RecordRef ref, List<Double> values) {
        /** How far it moved, as a share of its greatest size. */
        private double swing() {
            double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            double least =
                    values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
            double size = Math.max(Math.abs(most), Math.abs(least));
            return size == 0 ? 0 : (most - least) / size;
        }
    }

    private final PackBuilder pack;

    DetailItems(PackBuilder pack) {
        this.pack = pack;
    }

    void write(Material material) {
        metrics(material.metrics());
        logs(material.logs());
    }

    private void logs(List<Found<LogBatch>> batches) {
        Map<String, Map<String, Counted>> byService = new TreeMap<>();
        for (Found<LogBatch> batch : batches) {
            EntityRef subject = entity(batch.value().getResource());
            Map<String, Counted> templates =
                    byService.computeIfAbsent(ServiceKey.of(subject).toString(), any -> new LinkedHashMap<>());
            for (LogLine line : batch.value().getLines()) {
                if (line.getSeverity() >= WARNING) {
                    String text = Untrusted.template(line.getBody(), LINE);
                    templates.merge(
                            text,
                            new Counted(subject, text, exemplar(line), batch.ref(), line.getTimeMicros(), 1),
                            (seen, more) -> seen.again());
                }
            }
        }
        byService.values().forEach(templates -> templates.values().stream()
                .sorted(Comparator.comparingInt(Counted::count).reversed())
                .limit(TEMPLATES_PER_SERVICE)
                .forEach(this::log));
    }

    private void log(Counted log) {
        String example = log.exemplar().equals(log.text()) ? "" : ", first " + log.exemplar();
        pack.add(
                EvidenceKind.LOG,
                log.subject(),
                pack.names().show(log.subject()) + " logged " + log.count() + " times " + log.text() + example,
                log.first(),
                Words.instant(log.at()));
    }

    private static String exemplar(LogLine line) {
        return Untrusted.data(line.getBody(), LINE);
    }

    private void metrics(List<Found<MetricBatch>> batches) {
        Map<String, Map<String, Course>> byInstance = new TreeMap<>();
        for (Found<MetricBatch> batch : batches) {
            EntityRef subject = entity(batch.value().getResource());
            Map<String, Course> courses =
                    byInstance.computeIfAbsent(pack.names().show(subject), any -> new LinkedHashMap<>());
            for (MetricSeries series : batch.value().getSeries()) {
                if (TELLING.stream().anyMatch(series.getName()::contains)) {
                    courses.computeIfAbsent(
                                    series.getName() + series.getAttributes(),
                                    any -> new Course(subject, series, batch.ref(), new ArrayList<>()))
                            .values()
                            .addAll(series.getValues());
                }
            }
        }
        byInstance.values().forEach(courses -> courses.values().stream()
                .filter(course -> !course.values().isEmpty())
                .sorted(Comparator.comparingDouble(Course::swing).reversed())
                .limit(SERIES_PER_INSTANCE)
                .forEach(this::metric));
    }

    private void metric(Course course) {
        MetricSeries series = course.series();
        String values = WindowItems.spread(course.values()).stream()
                .map(value -> " " + Words.number(value))
                .collect(Collectors.joining());
        pack.add(
                EvidenceKind.METRIC,
                course.subject(),
                pack.names().show(course.subject()) + ": " + Words.named(series.getName())
                        + Untrusted.labels(series.getAttributes()) + " went" + values,
                course.ref(),
                series.getTimesMicros().isEmpty()
                        ? null
                        : Words.instant(series.getTimesMicros().get(0)));
    }

    private static EntityRef entity(Resource resource) {
        return ServiceKey.of(resource).entity(resource.getInstance());
    }
}
