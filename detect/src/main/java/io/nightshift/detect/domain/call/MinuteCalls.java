package io.nightshift.detect.domain.call;

import io.nightshift.events.EntityRef;
import io.nightshift.events.RollupCalls;

/** Calls of one subject over a minute. */
public record MinuteCalls(EntityRef subject, int count, int errors, DurationSketch durations) {

    public RollupCalls rollup() {
        return new RollupCalls(
                subject.getInstance(),
                subject.getPeer(),
                (long) count,
                (long) errors,
                durations.quantileMillis(0.5),
                durations.quantileMillis(0.95),
                durations.quantileMillis(0.99));
    }
}
