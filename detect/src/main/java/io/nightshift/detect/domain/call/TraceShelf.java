package io.nightshift.detect.domain.call;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.events.ExemplarTrace;
import io.nightshift.events.Span;
import io.nightshift.events.SpanKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last spans of a task, so that an exemplar can be shown with its critical path. A task sees the spans of its own
 * services only: what happened in others is the time of the client span that called them. At most so many spans are kept,
 * the latest; of a busy task that is seconds. On the heap only: a restart loses what it would take a second to see again.
 */
public final class TraceShelf {

    static final int MAX_SPANS = 20_000;
    private static final int MAX_SPANS_OF_TRACE = 64;
    private static final int MAX_NAME = 80;
    private static final int MAX_SERVICE = 200;

    /** What is kept of a span; times in microseconds since the epoch. */
    record Seen(
            String service,
            String id,
            String parentId,
            String name,
            SpanKind kind,
            String peer,
            long startMicros,
            long endMicros,
            boolean failed) {}

    private final Map<String, List<Seen>> byTrace = new HashMap<>();
    private final ArrayDeque<String> oldest = new ArrayDeque<>();

    /** @param service environment/namespace/service */
    public void add(String service, Span span) {
        List<Seen> seen = byTrace.computeIfAbsent(span.getTraceId(), trace -> new ArrayList<>(4));
        if (seen.size() >= MAX_SPANS_OF_TRACE) {
            return;
        }
        String peer = span.getPeerAddress() != null
                ? span.getPeerAddress()
                : span.getAttributes().get("peer.service");
        seen.add(new Seen(
                Bounded.text(service, MAX_SERVICE),
                span.getSpanId(),
                span.getParentSpanId(),
                Bounded.text(span.getName(), MAX_NAME),
                span.getKind(),
                Bounded.text(peer, MAX_NAME),
                span.getStartMicros(),
                span.getStartMicros() + Math.max(0, span.getDurationMicros()),
                CallBook.isFailed(span)));
        oldest.add(span.getTraceId());
        while (oldest.size() > MAX_SPANS) {
            drop(oldest.poll());
        }
    }

    private void drop(String trace) {
        List<Seen> seen = byTrace.get(trace);
        seen.remove(0);
        if (seen.isEmpty()) {
            byTrace.remove(trace);
        }
    }

    /** The path of a call, when its span is at hand. */
    Optional<ExemplarTrace> path(Exemplar exemplar) {
        List<Seen> seen = byTrace.getOrDefault(exemplar.traceId(), List.of());
        return seen.stream()
                .filter(one -> one.id().equals(exemplar.spanId()))
                .findFirst()
                .map(root -> new ExemplarTrace(
                        exemplar.traceId(),
                        exemplar.spanId(),
                        (root.endMicros() - root.startMicros()) / 1e3,
                        root.failed(),
                        CriticalPath.of(root, seen)));
    }
}
