package io.nightshift.investigate.evidence;

import static io.nightshift.investigate.evidence.ItemWriter.format;

import io.nightshift.events.EntityRef;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Resource;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.SpanStatus;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Detail from telemetry: log templates by frequency, the slowest and failed spans, and how resources developed. */
final class DetailWriter {

    private static final int LINE = 200;
    private static final int TEMPLATES_PER_SERVICE = 6;
    private static final int SPANS_PER_SERVICE = 6;
    private static final int SERIES_PER_INSTANCE = 8;
    private static final int WARNING = 13;
    private static final Set<String> TELLING = Set.of("memory", "gc", "cpu", "thread", "connections", "queue");

    private record Counted(EntityRef subject, String text, RecordRef first, long at, int count) {}

    private final EvidencePack.Builder pack;

    DetailWriter(EvidencePack.Builder pack) {
        this.pack = pack;
    }

    void write(Material material) {
        metrics(material.metrics());
        logs(material.logs());
        spans(material.spans());
    }

    private void logs(List<Found<LogBatch>> batches) {
        Map<String, Map<String, Counted>> byService = new TreeMap<>();
        for (Found<LogBatch> batch : batches) {
            EntityRef subject = entity(batch.value().getResource());
            Map<String, Counted> templates =
                    byService.computeIfAbsent(ServiceKey.of(subject).toString(), any -> new LinkedHashMap<>());
            for (LogLine line : batch.value().getLines()) {
                if (line.getSeverity() >= WARNING) {
                    Counted one = new Counted(
                            subject, Untrusted.template(line.getBody(), LINE), batch.ref(), line.getTimeMicros(), 1);
                    templates.merge(
                            one.text(),
                            one,
                            (seen, more) -> new Counted(
                                    seen.subject(), seen.text(), seen.first(), seen.at(), seen.count() + 1));
                }
            }
        }
        byService.values().forEach(templates -> templates.values().stream()
                .sorted(Comparator.comparingInt(Counted::count).reversed())
                .limit(TEMPLATES_PER_SERVICE)
                .forEach(log -> add(
                        EvidenceKind.LOG,
                        log.subject(),
                        ItemWriter.label(log.subject()) + " logged " + log.count() + " times " + log.text(),
                        log.first(),
                        log.at())));
    }

    private void spans(List<Found<SpanBatch>> batches) {
        record Seen(EntityRef subject, Span span, RecordRef ref) {}
        Map<String, List<Seen>> byService = new TreeMap<>();
        for (Found<SpanBatch> batch : batches) {
            EntityRef subject = entity(batch.value().getResource());
            for (Span span : batch.value().getSpans()) {
                byService
                        .computeIfAbsent(ServiceKey.of(subject).toString(), any -> new ArrayList<>())
                        .add(new Seen(subject, span, batch.ref()));
            }
        }
        byService.values().forEach(seen -> seen.stream()
                .sorted(Comparator.comparing((Seen one) -> one.span().getStatus() == SpanStatus.ERROR ? 0 : 1)
                        .thenComparing(one -> -one.span().getDurationMicros()))
                .limit(SPANS_PER_SERVICE)
                .forEach(one -> add(
                        EvidenceKind.TRACE,
                        one.subject(),
                        format(
                                "%s: %s span %s took %d ms, status %s, in trace %s",
                                ItemWriter.label(one.subject()),
                                ItemWriter.words(one.span().getKind()),
                                Untrusted.template(one.span().getName(), Quoted.NAME),
                                one.span().getDurationMicros() / 1000,
                                ItemWriter.words(one.span().getStatus()),
                                Untrusted.data(one.span().getTraceId(), 32)),
                        one.ref(),
                        one.span().getStartMicros())));
    }

    private void metrics(List<Found<MetricBatch>> batches) {
        record Course(EntityRef subject, String name, RecordRef ref, long from, double first, double[] last) {}
        Map<String, Map<String, Course>> byInstance = new TreeMap<>();
        for (Found<MetricBatch> batch : batches) {
            EntityRef subject = entity(batch.value().getResource());
            Map<String, Course> courses =
                    byInstance.computeIfAbsent(ItemWriter.label(subject), any -> new LinkedHashMap<>());
            for (MetricSeries series : batch.value().getSeries()) {
                if (isTelling(series.getName()) && !series.getValues().isEmpty()) {
                    int end = series.getValues().size() - 1;
                    courses.computeIfAbsent(
                                            series.getName() + series.getAttributes(),
                                            any -> new Course(
                                                    subject,
                                                    series.getName(),
                                                    batch.ref(),
                                                    series.getTimesMicros().get(0),
                                                    series.getValues().get(0),
                                                    new double[1]))
                                    .last()[0] =
                            series.getValues().get(end);
                }
            }
        }
        byInstance.values().forEach(courses -> courses.values().stream()
                .limit(SERIES_PER_INSTANCE)
                .forEach(course -> add(
                        EvidenceKind.METRIC,
                        course.subject(),
                        format(
                                "%s: %s went from %.4g to %.4g",
                                ItemWriter.label(course.subject()),
                                Untrusted.data(course.name(), Quoted.NAME),
                                course.first(),
                                course.last()[0]),
                        course.ref(),
                        course.from())));
    }

    private static boolean isTelling(String metric) {
        return TELLING.stream().anyMatch(metric::contains);
    }

    private void add(EvidenceKind kind, EntityRef subject, String text, RecordRef ref, long atMicros) {
        String id = pack.nextId();
        pack.add(
                "detail:" + id,
                new EvidenceItem(id, kind, subject, text, List.of(ref), null, Instant.ofEpochMilli(atMicros / 1000)));
    }

    private static EntityRef entity(Resource resource) {
        return ServiceKey.of(resource).entity(resource.getInstance());
    }
}
