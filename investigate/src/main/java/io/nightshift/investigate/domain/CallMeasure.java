package io.nightshift.investigate.domain;

import io.nightshift.events.CallEvidence;
import io.nightshift.investigate.domain.measure.Excess;
import io.nightshift.investigate.domain.measure.SignKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much worse requests became. Pre-onset rule: the smaller of the change against the long baseline and against the minutes
 * just before onset counts, so that something that was already down does not win.
 *
 * @param volume failed requests a second, or milliseconds of waiting a second, beyond normal
 * @param significance excess over its own statistical noise, when counts tell; empty otherwise
 */
record CallMeasure(double volume, Optional<Double> significance) {

    private static final Duration JUST_BEFORE = Duration.ofMinutes(5);
    private static final int ENOUGH_POINTS = 3;

    static CallMeasure of(SignKind kind, CallEvidence calls, Instant symptomOnset) {
        return switch (kind) {
            case ERRORS -> errors(calls, symptomOnset);
            case LATENCY -> latency(calls, symptomOnset);
            default -> new CallMeasure(0, Optional.empty());
        };
    }

    private static CallMeasure errors(CallEvidence calls, Instant onset) {
        double before =
                Math.max(calls.getErrorRatioBefore(), justBefore(calls, onset).orElse(0.0));
        double requests = calls.getRateNow() * calls.getWindowSeconds();
        Excess excess = Excess.ofFailures(requests, calls.getErrorRatioNow(), before);
        return new CallMeasure(excess.volume() / calls.getWindowSeconds(), Optional.of(excess.significance()));
    }

    private static CallMeasure latency(CallEvidence calls, Instant onset) {
        double before =
                Math.max(calls.getP95MillisBefore(), justBefore(calls, onset).orElse(0.0));
        double excess = Math.max(0, calls.getP95MillisNow() - before);
        return new CallMeasure(excess * Math.max(calls.getRateNow(), 0.1), Optional.empty());
    }

    /** Median of the judged quantity in the minutes before onset; empty when too little is known. */
    private static Optional<Double> justBefore(CallEvidence calls, Instant onset) {
        long end = onset.toEpochMilli() * 1000;
        long start = end - JUST_BEFORE.toNanos() / 1000;
        List<Double> values = new ArrayList<>();
        for (int i = 0;
                i < Math.min(calls.getTimesMicros().size(), calls.getValues().size());
                i++) {
            long time = calls.getTimesMicros().get(i);
            double value = calls.getValues().get(i);
            if (time >= start && time < end && Double.isFinite(value)) {
                values.add(value);
            }
        }
        if (values.size() < ENOUGH_POINTS) {
            return Optional.empty();
        }
        values.sort(null);
        return Optional.of(values.get(values.size() / 2));
    }
}
