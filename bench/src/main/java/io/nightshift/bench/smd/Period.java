package io.nightshift.bench.smd;

/**
 * The length of a series' dominant period, as TSB-AD estimates it to choose the buffer of VUS (Liu, Paparrizos: <i>The Elephant
 * in the Room</i>, NeurIPS 2024; {@code find_length_rank}): the highest local maximum of the autocorrelation at lags up to 400
 * over the first 20,000 points.
 */
final class Period {

    private static final int POINTS = 20_000;
    private static final int SHORTEST = 3;
    private static final int LONGEST = 300;
    private static final int LAGS = 400;
    /** What TSB-AD takes for a series without a period. */
    private static final int OTHERWISE = 125;

    private Period() {}

    /** Points a period, 6 to 303, or 125 where no maximum lies in that range. */
    static int of(double[] series) {
        int n = Math.min(POINTS, series.length);
        double[] correlation = autocorrelation(series, n);
        int best = -1;
        for (int lag = SHORTEST + 1; lag < LAGS; lag++) {
            boolean peak = correlation[lag] > correlation[lag - 1] && correlation[lag] > correlation[lag + 1];
            if (peak && (best < 0 || correlation[lag] > correlation[best])) {
                best = lag;
            }
        }
        // TSB-AD compares the lag counted from the third one, and so do we.
        int counted = best - SHORTEST;
        return best < 0 || counted < SHORTEST || counted > LONGEST ? OTHERWISE : best;
    }

    private static double[] autocorrelation(double[] series, int n) {
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += series[i] / n;
        }
        double[] sums = new double[LAGS + 1];
        for (int lag = SHORTEST; lag <= Math.min(LAGS, n - 1); lag++) {
            for (int i = 0; i + lag < n; i++) {
                sums[lag] += (series[i] - mean) * (series[i + lag] - mean);
            }
        }
        return sums;
    }
}
