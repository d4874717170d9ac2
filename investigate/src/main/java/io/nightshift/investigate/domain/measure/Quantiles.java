package io.nightshift.investigate.domain.measure;

import java.util.Arrays;

/** Robust statistics of a handful of values of which some may be missing. */
final class Quantiles {

    /** Baselines shorter than this say nothing about what is usual. */
    static final int ENOUGH = 4;

    private static final double MAD_OF_NORMAL = 1.4826;
    private static final double IQR_OF_NORMAL = 1.349;

    /** Earlier faults leave their mark in a baseline's tail; the 85th percentile is still free of it. */
    private static final double UPPER = 0.85;

    private static final double UPPER_OF_NORMAL = 1.036;
    private static final double OF_MEDIAN = 0.02;
    private static final double OF_LARGEST = 0.001;

    private Quantiles() {}

    static double[] known(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).toArray();
    }

    static double[] sorted(double[] values) {
        double[] known = known(values);
        Arrays.sort(known);
        return known;
    }

    static double median(double[] sorted) {
        return quantile(sorted, 0.5);
    }

    /** Linear between neighbours. */
    static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int low = (int) at;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }

    /** The largest of several spreads, so that none that collapsed makes everything unusual. Never 0. */
    static double scale(double[] sorted, double largest) {
        double median = median(sorted);
        double[] deviations = Arrays.stream(sorted)
                .map(value -> Math.abs(value - median))
                .sorted()
                .toArray();
        double scale = MAD_OF_NORMAL * median(deviations);
        scale = Math.max(scale, (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / IQR_OF_NORMAL);
        scale = Math.max(scale, (quantile(sorted, UPPER) - median) / UPPER_OF_NORMAL);
        scale = Math.max(scale, OF_MEDIAN * Math.abs(median));
        scale = Math.max(scale, OF_LARGEST * largest);
        return Math.max(scale, Double.MIN_NORMAL);
    }
}
