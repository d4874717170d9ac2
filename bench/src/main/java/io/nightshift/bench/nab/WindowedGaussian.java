package io.nightshift.bench.nab;

/**
 * Probability of the value under a normal distribution of the last 6,400 values, which slide on by 100 at a time: the
 * baseline of that name in NAB, with NAB's own parameters, here to prove the scorer.
 */
final class WindowedGaussian implements Detector {

    private static final int WINDOW = 6_400;
    private static final int STEP = 100;
    /** NAB's files of results hold twelve digits: what is closer to 1 is 1 there, and the published score rests on it. */
    private static final double DIGITS = 1e12;

    private final double[] window = new double[WINDOW];
    private final double[] waiting = new double[STEP];
    private int size;
    private int waits;
    private double mean;
    private double deviation = 1;

    @Override
    public double accept(long timeMicros, double value) {
        double score = size == 0 ? 0 : Math.rint((1 - tail(Math.abs(value - mean) / deviation)) * DIGITS) / DIGITS;
        if (size < WINDOW) {
            window[size++] = value;
            measure();
        } else {
            waiting[waits++] = value;
            if (waits == STEP) {
                System.arraycopy(window, STEP, window, 0, WINDOW - STEP);
                System.arraycopy(waiting, 0, window, WINDOW - STEP, STEP);
                waits = 0;
                measure();
            }
        }
        return score;
    }

    private void measure() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += window[i];
        }
        mean = sum / size;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += (window[i] - mean) * (window[i] - mean);
        }
        deviation = squares == 0 ? 0.000001 : Math.sqrt(squares / size);
    }

    /**
     * Upper tail of the standard normal distribution for z ≥ 0, to a relative error below 1.2e-7 (W. H. Press et al.,
     * Numerical Recipes, 2nd edition, section 6.2, erfcc).
     */
    static double tail(double z) {
        double x = z / Math.sqrt(2);
        double t = 1 / (1 + 0.5 * x);
        double series = -x * x
                - 1.26551223
                + t
                        * (1.00002368
                                + t
                                        * (0.37409196
                                                + t
                                                        * (0.09678418
                                                                + t
                                                                        * (-0.18628806
                                                                                + t
                                                                                        * (0.27886807
                                                                                                + t
                                                                                                        * (-1.13520398
                                                                                                                + t
                                                                                                                        * (1.48851587
                                                                                                                                + t
                                                                                                                                        * (-0.82215223
                                                                                                                                                + t
                                                                                                                                                        * 0.17087277))))))));
        return 0.5 * t * Math.exp(series);
    }
}
