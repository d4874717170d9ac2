package io.nightshift.detect.domain.metric;

import java.util.Arrays;

/**
 * How unusual a service is as a whole: the mean of its eight most unusual series. What a series reached is held and fades over
 * about 36 looks, so that series which are hit one after the other count together.
 */
public final class ServiceSeverity {

    /** Looks over which a held severity fades to 37 %. */
    public static final double HOLD = 36;

    private static final int TOP = 8;
    private static final float ROUNDING = 1e-5f;

    private final double fade;
    private final double[] top = new double[TOP];
    private float[] held = new float[TOP];
    private int size;

    public ServiceSeverity() {
        this(HOLD);
    }

    /** Fades over so many looks; with 0 nothing is held. */
    public ServiceSeverity(double hold) {
        fade = hold > 0 ? Math.exp(-1 / hold) : 0;
    }

    /** A series, by its number from 0, was this unusual since the last look. */
    public void accept(int series, double severity) {
        if (series >= held.length) {
            held = Arrays.copyOf(held, series + 1 + series / 16);
        }
        size = Math.max(size, series + 1);
        held[series] = Math.max(held[series], (float) severity);
    }

    /** Looks at all series: the severity of the service now. What is held fades with each look. */
    public double look() {
        Arrays.fill(top, 0);
        for (int i = 0; i < size; i++) {
            offer(held[i]);
            held[i] *= (float) fade;
        }
        double sum = 0;
        for (double severity : top) {
            sum += severity;
        }
        return size == 0 ? 0 : sum / Math.min(size, TOP);
    }

    /** Severity that so many series at least had at the last look; 0 when there are fewer. At most the eighth. */
    double reachedBy(int series) {
        return top[series - 1];
    }

    /** How many series hold at least this much, before they fade further. */
    int reaching(double severity) {
        int reaching = 0;
        for (int i = 0; i < size; i++) {
            // Held severities have faded by one look since that look.
            reaching += held[i] >= (float) (severity * fade) * (1 - ROUNDING) ? 1 : 0;
        }
        return reaching;
    }

    int size() {
        return size;
    }

    double held(int series) {
        return held[series];
    }

    private void offer(double severity) {
        int at = TOP - 1;
        if (severity <= top[at]) {
            return;
        }
        for (; at > 0 && top[at - 1] < severity; at--) {
            top[at] = top[at - 1];
        }
        top[at] = severity;
    }
}
