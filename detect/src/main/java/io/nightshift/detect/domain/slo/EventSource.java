package io.nightshift.detect.domain.slo;

import io.nightshift.events.Span;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;

/** Telemetry that events are counted in. */
public sealed interface EventSource {

    /** Whether this comes in metric points rather than in spans. */
    default boolean isMetric() {
        return this instanceof Metric;
    }

    /**
     * Points of a metric. Sums count by their growth, histograms by their observations.
     *
     * @param isCounter whether a gauge of this name is a counter that only grows, as some senders declare theirs
     */
    record Metric(String name, AttributeFilter attributes, boolean isCounter) implements EventSource {}

    /**
     * Requests that a service answered: its server and consumer spans.
     *
     * @param outcome which of them
     * @param fasterThanMicros only those that took at most so long, microseconds; 0 for any
     * @param operation name of the span, {@code *} at its end standing for any rest; empty for any
     */
    record Spans(Outcome outcome, long fasterThanMicros, String operation) implements EventSource {

        public boolean matches(Span span) {
            boolean served = span.getKind() == SpanKind.SERVER || span.getKind() == SpanKind.CONSUMER;
            if (!served || (!operation.isEmpty() && !AttributeFilter.fits(operation, span.getName()))) {
                return false;
            }
            if (fasterThanMicros > 0 && span.getDurationMicros() > fasterThanMicros) {
                return false;
            }
            boolean failed = span.getStatus() == SpanStatus.ERROR || span.getStatusCode() >= 500;
            return outcome == Outcome.ANY || failed == (outcome == Outcome.ERROR);
        }
    }

    /** How a request ended. An error is a span with error status or a status code of 500 and up. */
    enum Outcome {
        ANY,
        OK,
        ERROR
    }
}
