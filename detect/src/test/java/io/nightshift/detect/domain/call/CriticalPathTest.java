package io.nightshift.detect.domain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.events.ExemplarTrace;
import io.nightshift.events.PathStep;
import io.nightshift.events.Span;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CriticalPathTest {

    private static final long START = 1_000_000_000_000L;

    private final TraceShelf shelf = new TraceShelf();

    @Test
    void aCallWaitsForTheChildThatEndedLastAndNotForTheOneBesideIt() {
        // order 0..100: stock 10..40 and price 15..90 side by side; within price, cache 20..30 then database 30..85
        span("order", null, SpanKind.SERVER, 0, 100);
        span("stock", "order", SpanKind.CLIENT, 10, 40);
        span("price", "order", SpanKind.INTERNAL, 15, 90);
        span("cache", "price", SpanKind.CLIENT, 20, 30);
        span("database", "price", SpanKind.CLIENT, 30, 85);
        assertThat(steps())
                .containsExactly("order 10", "stock 5", "price 5", "cache 10", "database 55", "price 5", "order 10");
    }

    @Test
    void theStepsAddUpToTheDurationAlsoWhenClocksDisagreeAndChildrenOutliveTheirParent() {
        span("order", null, SpanKind.SERVER, 0, 100);
        span("early", "order", SpanKind.CLIENT, -20, 30);
        span("late", "order", SpanKind.CLIENT, 60, 150);
        span("itself", "itself", SpanKind.INTERNAL, 0, 100);
        assertThat(steps()).containsExactly("early 30", "order 30", "late 40");
    }

    @Test
    void aPathOfManyStepsIsShortenedAndStillAddsUp() {
        span("order", null, SpanKind.SERVER, 0, 1_000);
        for (int i = 0; i < 60; i++) {
            span("call" + i, "order", SpanKind.CLIENT, i * 16 + 1, i * 16 + 5 + i % 11);
        }
        ExemplarTrace trace = shelf.path(new Exemplar("trace", "order")).orElseThrow();
        assertThat(trace.getPath()).hasSizeLessThanOrEqualTo(12);
        assertThat(trace.getPath().stream().mapToDouble(PathStep::getMillis).sum())
                .isCloseTo(trace.getDurationMillis(), within(1e-6));
    }

    @Test
    void theShelfHoldsTheLatestSpansAndNoMore() {
        span("order", null, SpanKind.SERVER, 0, 100);
        for (int i = 0; i < TraceShelf.MAX_SPANS; i++) {
            add("other" + i, "one", null, SpanKind.SERVER, 0, 1);
        }
        assertThat(shelf.path(new Exemplar("trace", "order"))).isEmpty();
        assertThat(shelf.path(new Exemplar("other" + (TraceShelf.MAX_SPANS - 1), "one")))
                .isPresent();
    }

    private List<String> steps() {
        ExemplarTrace trace = shelf.path(new Exemplar("trace", "order")).orElseThrow();
        assertThat(trace.getPath().stream().mapToDouble(PathStep::getMillis).sum())
                .isCloseTo(trace.getDurationMillis(), within(1e-6));
        return trace.getPath().stream()
                .map(step -> step.getName() + " " + Math.round(step.getMillis()))
                .toList();
    }

    private void span(String id, String parent, SpanKind kind, long fromMillis, long toMillis) {
        add("trace", id, parent, kind, fromMillis, toMillis);
    }

    private void add(String trace, String id, String parent, SpanKind kind, long fromMillis, long toMillis) {
        shelf.add(
                "demo/shop/orders",
                Span.newBuilder()
                        .setTraceId(trace)
                        .setSpanId(id)
                        .setParentSpanId(parent)
                        .setName(id)
                        .setKind(kind)
                        .setStartMicros(START + fromMillis * 1_000)
                        .setDurationMicros((toMillis - fromMillis) * 1_000)
                        .setStatus(SpanStatus.UNSET)
                        .setAttributes(Map.of())
                        .build());
    }
}
