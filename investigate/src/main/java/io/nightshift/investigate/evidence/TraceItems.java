package io.nightshift.investigate.evidence;

import static io.nightshift.investigate.evidence.Words.format;

import io.nightshift.events.Anomaly;
import io.nightshift.events.EntityRef;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.ExemplarTrace;
import io.nightshift.events.PathStep;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.trace.CriticalPath;
import io.nightshift.schemas.trace.TimedSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Items for slow and failing calls, each with the steps that it waited for: those that anomalies carry as exemplars, and those
 * put together from spans of the suspects, across services.
 */
final class TraceItems {

    private static final int PER_SERVICE = 4;
    private static final int MESSAGE = 80;

    /** A trace as far as its spans were found. */
    private static final class Trace {
        private final List<TimedSpan> spans = new ArrayList<>();
        private final Set<RecordRef> refs = new LinkedHashSet<>();
        private final Map<String, String> failures = new LinkedHashMap<>();

        private TimedSpan root() {
            Set<String> ids = spans.stream().map(TimedSpan::id).collect(Collectors.toSet());
            return spans.stream()
                    .filter(span -> span.parentId() == null || !ids.contains(span.parentId()))
                    .max(Comparator.comparingDouble(TimedSpan::millis).thenComparing(TimedSpan::id))
                    .orElse(spans.get(0));
        }
    }

    private record Call(String traceId, TimedSpan root, Trace trace) {}

    private final PackBuilder pack;

    TraceItems(PackBuilder pack) {
        this.pack = pack;
    }

    void write(Material material) {
        Set<String> shown = new LinkedHashSet<>();
        for (Anomaly anomaly : material.request().getIncident().getAnomalies()) {
            if (anomaly.getCalls() != null) {
                anomaly.getCalls().getExemplars().stream()
                        .filter(exemplar -> shown.add(exemplar.getTraceId()))
                        .forEach(exemplar -> exemplar(anomaly, exemplar));
            }
        }
        Map<String, Trace> traces = new LinkedHashMap<>();
        material.spans().forEach(batch -> collect(traces, batch));
        Map<String, List<Call>> byService = traces.entrySet().stream()
                .filter(trace -> !shown.contains(trace.getKey()))
                .map(trace -> new Call(trace.getKey(), trace.getValue().root(), trace.getValue()))
                .collect(Collectors.groupingBy(call -> call.root().service(), LinkedHashMap::new, Collectors.toList()));
        byService.values().forEach(calls -> calls.stream()
                .sorted(Comparator.comparing(
                                (Call call) -> call.trace().failures.isEmpty() ? 1 : 0)
                        .thenComparing(call -> -call.root().millis())
                        .thenComparing(Call::traceId))
                .limit(PER_SERVICE)
                .forEach(this::call));
    }

    private static void collect(Map<String, Trace> traces, Found<SpanBatch> batch) {
        String service = ServiceKey.of(batch.value().getResource()).toString();
        for (Span span : batch.value().getSpans()) {
            Trace trace = traces.computeIfAbsent(span.getTraceId(), any -> new Trace());
            TimedSpan timed = TimedSpan.of(service, span);
            trace.spans.add(timed);
            trace.refs.add(batch.ref());
            if (timed.failed()) {
                trace.failures.put(timed.id(), span.getStatusMessage());
            }
        }
    }

    private void call(Call call) {
        List<PathStep> path = CriticalPath.of(call.root(), call.trace().spans);
        String failures = call.trace().failures.values().stream()
                .filter(message -> !message.isEmpty())
                .distinct()
                .limit(2)
                .map(message -> ", failing span says " + Untrusted.template(message, MESSAGE))
                .collect(Collectors.joining());
        String text = words(
                call.traceId(),
                call.root().service(),
                call.root().millis(),
                call.root().failed(),
                path);
        pack.add(
                EvidenceKind.TRACE,
                null,
                culprit(path, call.root().service()),
                text + failures,
                List.copyOf(call.trace().refs),
                null,
                Words.instant(call.root().startMicros()));
    }

    private void exemplar(Anomaly anomaly, ExemplarTrace exemplar) {
        String service = ServiceKey.of(anomaly.getSubject()).toString();
        pack.add(
                EvidenceKind.TRACE,
                null,
                culprit(exemplar.getPath(), service),
                words(
                        exemplar.getTraceId(),
                        service,
                        exemplar.getDurationMillis(),
                        exemplar.getFailed(),
                        exemplar.getPath()),
                anomaly.getRefs(),
                null,
                anomaly.getOnset());
    }

    private String words(String traceId, String service, double millis, boolean failed, List<PathStep> path) {
        return "a call of " + pack.names().show(service) + format(" took %.0f ms", millis)
                + (failed ? " and failed" : "")
                + ", waiting for "
                + path.stream().map(this::step).collect(Collectors.joining(", then "))
                + ", in trace " + Untrusted.id(traceId);
    }

    private String step(PathStep step) {
        return pack.names().show(step.getService()) + " " + Words.of(step.getKind()) + " " + Words.named(step.getName())
                + (step.getPeer() == null ? "" : " to " + Words.named(step.getPeer()))
                + format(" %.0f ms", step.getMillis())
                + (step.getFailed() ? " failed" : "");
    }

    /** The service that most of the time went to: what a trace tells about. */
    private static EntityRef culprit(List<PathStep> path, String otherwise) {
        Map<String, Double> own = path.stream()
                .collect(Collectors.groupingBy(
                        PathStep::getService, LinkedHashMap::new, Collectors.summingDouble(PathStep::getMillis)));
        String service = own.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(otherwise);
        return ServiceKey.parse(service).entity();
    }
}
