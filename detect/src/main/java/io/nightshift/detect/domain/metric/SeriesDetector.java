package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;

/**
 * Judges one series point by point, without training: three small detectors, each of whose surprise is expressed in
 * deviations of that series' own surprise over a long memory.
 *
 * <ul>
 *   <li><i>season</i>: distance from the mean of this hour of day, weekends apart;
 *   <li><i>range</i>: how far beyond everything seen for a long time;
 *   <li><i>shift</i>: distance of a fast from a slow mean.
 * </ul>
 *
 * An alarm makes its detector harder to convince for a while (habituation), and the next alarms wait (refractory time). All
 * state is 32-bit floats relative to the first value, so that scale, offset and sign make no difference.
 */
public final class SeriesDetector {

    /** Which detector was most convinced. */
    public enum Source {
        NONE,
        SEASON,
        RANGE,
        SHIFT
    }

    private static final int BINS = 48;
    private static final int DETECTORS = 3;
    private static final int WARM_UP = 100;
    private static final int CALIBRATED = 30;
    private static final float MEMORY = 10_000;
    private static final float SPREAD_MEMORY = 400;
    private static final float FAST = 32;
    private static final float SLOW = 700;
    private static final float BIN_MEMORY = 80;
    private static final float FLOOR = 0.03f;
    private static final float HABITUATION = 0.5f;
    private static final float HABITUATION_MEMORY = 8_000;
    private static final float RANGE_MEMORY = 20_000;
    private static final int REFRACTORY = 150;
    private static final long HOUR_MICROS = 3_600_000_000L;

    private int n;
    private int refractoryLeft;
    private double origin;
    private float mean;
    private float spread;
    private float fast;
    private float slow;
    private float min;
    private float max;
    private final float[] calibratedMean = new float[DETECTORS];
    private final float[] calibratedSquare = new float[DETECTORS];
    private final float[] habit = new float[DETECTORS];
    /** Mean, deviation and count of each hour, made when the hour is first seen. */
    private final float[][] bins = new float[BINS][];

    private float score;
    private float raw;
    private float lower = Float.NaN;
    private float upper = Float.NaN;
    private Source source = Source.NONE;
    private boolean alarm;
    private boolean up;

    /** Takes a finite value and returns its score: 1 and above is an alarm, and silence follows one. */
    public double accept(long timeMicros, double value) {
        if (n == 0) {
            origin = value;
        }
        float x = (float) (value - origin);
        float[] bin = bin(timeMicros);
        float z0 = seasonSurprise(x, bin);
        float z1 = rangeSurprise(x);
        float z2 = shiftSurprise();
        float e0 = z0 >= 6 && bin[2] >= 8 ? standing(0, z0) / 5 : 0;
        float e1 = z1 / 0.01f;
        float e2 = z2 >= 1 ? standing(2, z2) / 3.25f : 0;
        judge(e0, e1, e2, x, bin);
        calibrate(0, z0);
        calibrate(1, z1);
        calibrate(2, z2);
        learn(x, bin);
        return score;
    }

    private void judge(float e0, float e1, float e2, float x, float[] bin) {
        raw = n < WARM_UP ? 0 : Math.max(e0, Math.max(e1, e2));
        float h0 = e0 / (1 + habit[0]);
        float h1 = e1 / (1 + habit[1]);
        float h2 = e2 / (1 + habit[2]);
        score = n < WARM_UP || refractoryLeft > 0 ? 0 : Math.max(h0, Math.max(h1, h2));
        refractoryLeft = Math.max(0, refractoryLeft - 1);
        float centre = bin[2] >= 8 ? bin[0] : mean;
        float width = 6 * ((bin[2] >= 8 ? bin[1] : spread) + FLOOR * spread);
        lower = n < WARM_UP ? Float.NaN : centre - width;
        upper = n < WARM_UP ? Float.NaN : centre + width;
        alarm = score >= 1;
        int winner = h0 >= h1 && h0 >= h2 ? 0 : h1 >= h2 ? 1 : 2;
        for (int d = 0; d < DETECTORS; d++) {
            habit[d] -= habit[d] / HABITUATION_MEMORY;
        }
        if (alarm) {
            source = Source.values()[winner + 1];
            up = winner == 2 ? fast > slow : x > centre;
            habit[winner] += HABITUATION;
            refractoryLeft = Math.min(REFRACTORY, n / 20);
        }
    }

    private float seasonSurprise(float x, float[] bin) {
        float scale = bin[1] + FLOOR * spread;
        return scale > 0 && bin[2] > 0 ? Math.abs(x - bin[0]) / scale : 0;
    }

    private float rangeSurprise(float x) {
        float width = max - min;
        if (n < 2 || width <= 0) {
            return 0;
        }
        // A record by a hair is what noise does all the time: it must stand out against the spread too.
        float excess = Math.max(x - max, min - x);
        return excess > 2 * spread ? excess / width : 0;
    }

    private float shiftSurprise() {
        return spread > 0 ? Math.abs(fast - slow) / spread : 0;
    }

    /** How unusual this surprise is for the series itself, in deviations. */
    private float standing(int d, float z) {
        if (n < CALIBRATED) {
            return 0;
        }
        float m = calibratedMean[d];
        float deviation = (float) Math.sqrt(Math.max(calibratedSquare[d] - m * m, 0));
        return deviation > 0 ? (z - m) / deviation : z > m ? 100 : 0;
    }

    private void calibrate(int d, float z) {
        float weight = Math.max(1f / (n + 1), 1 / MEMORY);
        calibratedMean[d] += weight * (z - calibratedMean[d]);
        calibratedSquare[d] += weight * (z * z - calibratedSquare[d]);
    }

    private void learn(float x, float[] bin) {
        n++;
        if (n == 1) {
            mean = fast = slow = min = max = bin[0] = x;
            bin[2] = 1;
            return;
        }
        float deviation = Math.abs(x - mean);
        if (n > 20) {
            deviation = Math.min(deviation, 6 * spread);
        }
        float weight = Math.max(1f / n, 1 / SPREAD_MEMORY);
        // A spread that was nothing until now (a constant so far) may grow: clipping at 6 times nothing would freeze
        // it.
        spread += weight * ((n > 20 && spread == 0 ? Math.abs(x - mean) : deviation) - spread);
        mean += weight * (x - mean);
        fast += Math.max(1f / n, 1 / FAST) * (x - fast);
        slow += Math.max(1f / n, 1 / SLOW) * (x - slow);
        // An all-time range would go silent on a long stream: it shrinks slowly towards what is usual.
        min = Math.min(x, min + (mean - min) / RANGE_MEMORY);
        max = Math.max(x, max + (mean - max) / RANGE_MEMORY);
        learnBin(x, bin);
    }

    private void learnBin(float x, float[] bin) {
        float weight = Math.max(1 / (bin[2] + 1), 1 / BIN_MEMORY);
        if (bin[2] == 0) {
            bin[0] = x;
        }
        float distance = x - bin[0];
        if (bin[2] >= 8) {
            float clip = 18 * (bin[1] + FLOOR * spread);
            distance = Math.max(-clip, Math.min(clip, distance));
        }
        bin[1] += weight * (Math.abs(distance) - bin[1]);
        bin[0] += weight * distance;
        bin[2] = Math.min(bin[2] + 1, 10_000);
    }

    private float[] bin(long timeMicros) {
        long hour = Math.floorDiv(timeMicros, HOUR_MICROS);
        // The epoch began on a Thursday: days 2 and 3 of each week from there are a weekend.
        long day = Math.floorMod(Math.floorDiv(hour, 24L), 7L);
        int index = (int) Math.floorMod(hour, 24L) + (day == 2 || day == 3 ? 24 : 0);
        float[] bin = bins[index];
        if (bin == null) {
            bin = new float[3];
            bins[index] = bin;
        }
        return bin;
    }

    public boolean alarm() {
        return alarm;
    }

    /** Evidence of the last point without habituation and silence: 1 would have been an alarm. */
    public double rawScore() {
        return raw;
    }

    public Source source() {
        return source;
    }

    public boolean up() {
        return up;
    }

    /** Whether there is enough history to judge. */
    public boolean warm() {
        return n >= WARM_UP;
    }

    /** Lower end of the expected band; NaN while warming up. */
    public double lower() {
        return origin + lower;
    }

    public double upper() {
        return origin + upper;
    }

    void write(StateWriter out) {
        out.int32(n).int32(refractoryLeft).float64(origin);
        out.float32(mean)
                .float32(spread)
                .float32(fast)
                .float32(slow)
                .float32(min)
                .float32(max);
        out.floats(calibratedMean, DETECTORS)
                .floats(calibratedSquare, DETECTORS)
                .floats(habit, DETECTORS);
        for (int i = 0; i < BINS; i++) {
            if (bins[i] != null) {
                out.int8(i).floats(bins[i], 3);
            }
        }
        out.int8(-1);
    }

    void read(StateReader in) {
        n = in.int32();
        refractoryLeft = in.int32();
        origin = in.float64();
        mean = in.float32();
        spread = in.float32();
        fast = in.float32();
        slow = in.float32();
        min = in.float32();
        max = in.float32();
        in.floats(calibratedMean);
        in.floats(calibratedSquare);
        in.floats(habit);
        for (int i = in.int8(); i >= 0; i = in.int8()) {
            bins[i] = new float[3];
            in.floats(bins[i]);
        }
    }
}
