package io.nightshift.bench.smd;

import io.nightshift.detect.domain.metric.ServiceSeverity;

/** Scores of one machine's labelled points: each metric scored alone, and pooled as production pools a service. */
final class Scores {

    /** Scores one metric point by point. */
    @FunctionalInterface
    interface Scorer {
        double accept(long timeMicros, double value);
    }

    private static final long MINUTE_MICROS = 60_000_000;
    /** A Monday, midnight UTC: SMD has no timestamps. */
    private static final long START_MICROS = 4 * 86_400_000_000L;

    private final double[] plain;
    private final double[] held;

    /** Streams a machine's both parts; one scorer for each metric. */
    Scores(Machine machine, Scorer[] scorers) {
        plain = new double[machine.labels().length];
        held = new double[plain.length];
        ServiceSeverity now = new ServiceSeverity(0);
        ServiceSeverity holding = new ServiceSeverity();
        int from = machine.labelledFrom();
        for (int i = 0; i < machine.points(); i++) {
            for (int metric = 0; metric < scorers.length; metric++) {
                double value = machine.series()[metric][i];
                if (Double.isNaN(value)) {
                    continue;
                }
                double severity = scorers[metric].accept(START_MICROS + i * MINUTE_MICROS, value);
                now.accept(metric, severity);
                holding.accept(metric, severity);
            }
            double plainly = now.look();
            double withHold = holding.look();
            if (i >= from) {
                plain[i - from] = plainly;
                held[i - from] = withHold;
            }
        }
    }

    double vusPr(Machine machine) {
        return VolumeUnderSurface.pr(plain, machine.labels(), longestBuffer(machine));
    }

    double vusPrWithHold(Machine machine) {
        return VolumeUnderSurface.pr(held, machine.labels(), longestBuffer(machine));
    }

    /** Twice the period of the first metric, as TSB-AD calls its scorer. */
    static int longestBuffer(Machine machine) {
        return 2 * Period.of(machine.series()[0]);
    }
}
