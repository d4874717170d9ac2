package io.nightshift.detect.domain.call;

import java.util.Arrays;

/**
 * Counts durations in buckets that grow by a tenth each, so that any quantile is known within 5 % and two sketches add up
 * bucket by bucket (the idea of DDSketch, Masson et al., VLDB 2019, section 2). From 50 µs to about 15 minutes.
 */
public final class DurationSketch {

    private static final double GROWTH = 1.1;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    private static final double SMALLEST_MICROS = 50;
    private static final int BUCKETS = 176;

    private int[] counts = new int[0];
    private int total;

    public void add(long durationMicros) {
        int bucket = durationMicros <= SMALLEST_MICROS
                ? 0
                : (int) Math.min(BUCKETS - 1, 1 + Math.log(durationMicros / SMALLEST_MICROS) / LOG_GROWTH);
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, Math.min(BUCKETS, bucket + 16));
        }
        counts[bucket]++;
        total++;
    }

    public void add(DurationSketch other) {
        if (other.counts.length > counts.length) {
            counts = Arrays.copyOf(counts, other.counts.length);
        }
        for (int i = 0; i < other.counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    public int count() {
        return total;
    }

    /** The quantile in milliseconds; 0 when nothing was counted. */
    public double quantileMillis(double q) {
        if (total == 0) {
            return 0;
        }
        long rank = Math.max(1, (long) Math.ceil(q * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return SMALLEST_MICROS * Math.pow(GROWTH, Math.max(0, i - 0.5)) / 1000;
            }
        }
        return SMALLEST_MICROS * Math.pow(GROWTH, counts.length) / 1000;
    }
}
