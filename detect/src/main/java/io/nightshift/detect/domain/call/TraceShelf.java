package io.nightshift.detect.domain.call;

import io.nightshift.events.ExemplarTrace;
import io.nightshift.events.Span;
import io.nightshift.schemas.trace.CriticalPath;
import io.nightshift.schemas.trace.TimedSpan;
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

    private final Map<String, List<TimedSpan>> byTrace = new HashMap<>();
    private final ArrayDeque<String> oldest = new ArrayDeque<>();

    /** @param service environment/namespace/service */
    public void add(String service, Span span) {
        List<TimedSpan> seen = byTrace.computeIfAbsent(span.getTraceId(), trace -> new ArrayList<>(4));
        if (seen.size() >= MAX_SPANS_OF_TRACE) {
            return;
        }
        seen.add(TimedSpan.of(service, span));
        oldest.add(span.getTraceId());
        while (oldest.size() > MAX_SPANS) {
            drop(oldest.poll());
        }
    }

    private void drop(String trace) {
        List<TimedSpan> seen = byTrace.get(trace);
        seen.remove(0);
        if (seen.isEmpty()) {
            byTrace.remove(trace);
        }
    }

    /** The path of a call, when its span is at hand. */
    Optional<ExemplarTrace> path(Exemplar exemplar) {
        List<TimedSpan> seen = byTrace.getOrDefault(exemplar.traceId(), List.of());
        return seen.stream()
                .filter(one -> one.id().equals(exemplar.spanId()))
                .findFirst()
                .map(root -> new ExemplarTrace(
                        exemplar.traceId(),
                        exemplar.spanId(),
                        root.millis(),
                        root.failed(),
                        CriticalPath.of(root, seen)));
    }
}
