package io.nightshift.detect.domain.forecast;

import java.util.Arrays;

/**
 * A straight line through points at equal distances, some of which may be missing: slope and its 90 % interval by the median
 * of the slopes of all pairs (Theil 1950; Sen 1968, section 3), which a third of wild points can't move. The interval is
 * widened for residuals that resemble their neighbours, which tell less than they seem to (the idea of Hamed and Rao 1998;
 * here by the lag-one autocorrelation, at most 0.8).
 *
 * @param slope per step
 * @param lower early end of the slope's 90 % interval
 * @param upper late end
 * @param last value of the line at the newest point
 * @param scatter median absolute residual
 */
record TheilSen(double slope, double lower, double upper, double last, double scatter) {

    private static final double Z90 = 1.645;
    private static final double MAX_AUTOCORRELATION = 0.8;

    /** The line through the points {@code from} to the end; null for fewer than six. */
    static TheilSen of(double[] values, int from) {
        int n = 0;
        for (int i = from; i < values.length; i++) {
            n += Double.isNaN(values[i]) ? 0 : 1;
        }
        if (n < 6) {
            return null;
        }
        double[] slopes = slopes(values, from, n);
        double slope = middle(slopes);
        double[] levels = new double[n];
        double[] residuals = new double[values.length];
        int at = 0;
        for (int i = from; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                levels[at++] = values[i] - slope * i;
            }
        }
        Arrays.sort(levels);
        double level = middle(levels);
        double[] sizes = new double[n];
        at = 0;
        for (int i = from; i < values.length; i++) {
            residuals[i] = values[i] - slope * i - level;
            if (!Double.isNaN(values[i])) {
                sizes[at++] = Math.abs(residuals[i]);
            }
        }
        Arrays.sort(sizes);
        double r = autocorrelation(residuals, from);
        // Kendall's variance of the number of rising pairs less that of falling ones.
        double spread = Z90 * Math.sqrt((1 + r) / (1 - r) * n * (n - 1) * (2 * n + 5) / 18.0);
        int lower = (int) Math.max(0, Math.floor((slopes.length - spread) / 2));
        int upper = (int) Math.min(slopes.length - 1, Math.ceil((slopes.length + spread) / 2));
        double last = level + slope * (values.length - 1);
        return new TheilSen(slope, slopes[lower], slopes[upper], last, middle(sizes));
    }

    private static double[] slopes(double[] values, int from, int n) {
        double[] slopes = new double[n * (n - 1) / 2];
        int at = 0;
        for (int i = from; i < values.length; i++) {
            for (int j = i + 1; j < values.length && !Double.isNaN(values[i]); j++) {
                if (!Double.isNaN(values[j])) {
                    slopes[at++] = (values[j] - values[i]) / (j - i);
                }
            }
        }
        Arrays.sort(slopes);
        return slopes;
    }

    private static double autocorrelation(double[] residuals, int from) {
        double products = 0;
        double squares = 0;
        for (int i = from; i < residuals.length; i++) {
            if (!Double.isNaN(residuals[i])) {
                squares += residuals[i] * residuals[i];
                if (i > from && !Double.isNaN(residuals[i - 1])) {
                    products += residuals[i] * residuals[i - 1];
                }
            }
        }
        return squares <= 0 ? 0 : Math.max(0, Math.min(MAX_AUTOCORRELATION, products / squares));
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
