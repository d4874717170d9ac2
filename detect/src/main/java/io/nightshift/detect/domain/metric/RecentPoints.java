package io.nightshift.detect.domain.metric;

import java.util.Arrays;

/**
 * The last {@value #LENGTH} points of each series of an instance, one byte each, so that an anomaly can show what was before
 * it. A byte counts steps from the least of them, where 254 steps reach over what they span: a 250th of that is what a curve on
 * a screen shows. Times are not kept: points are evenly apart, and where some are missing there is nothing.
 */
final class RecentPoints {

    static final int LENGTH = 24;

    private static final int NOTHING = 0;
    private static final int LEVELS = 255;
    /** Left free above and below when the steps are chosen anew. */
    private static final int MARGIN = 24;
    /** Points that use less than so many steps deserve finer ones. */
    private static final int COARSE = LEVELS / 4;

    private byte[] codes = {};
    private float[] low = {};
    private float[] step = {};

    /** Is told of an earlier point. */
    @FunctionalInterface
    interface Earlier {
        void point(int ago, float value);
    }

    /**
     * Tells what was before a point that is not taken yet, the oldest first: a wild value would make the steps coarse.
     *
     * @param missed as for {@link #add}
     */
    void before(int series, int missed, Earlier each) {
        if (missed < 0) {
            return;
        }
        for (int kept = LENGTH - 1; kept >= 0; kept--) {
            float value = get(series, kept);
            if (!Float.isNaN(value)) {
                each.point(kept + 1 + missed, value);
            }
        }
    }

    /**
     * Takes a point of a series.
     *
     * @param missed points that should have come since the last one but did not; negative when the last ones tell nothing of
     *     the distance of the next ones and are to be forgotten
     */
    void add(int series, float value, int missed) {
        room(series);
        int row = series * LENGTH;
        int end = row + LENGTH;
        if (missed < 0) {
            Arrays.fill(codes, row, end, (byte) NOTHING);
        }
        int shift = Math.min(LENGTH, Math.max(0, missed) + 1);
        int gone = codes[row] & 0xff;
        System.arraycopy(codes, row + shift, codes, row, LENGTH - shift);
        Arrays.fill(codes, end - shift, end, (byte) NOTHING);
        boolean wasExtreme = gone != NOTHING && (gone <= MARGIN + 1 || gone >= LEVELS - MARGIN);
        int code = code(series, value);
        if (code < 1 || code > LEVELS || wasExtreme && span(row) < COARSE) {
            rescale(series, value);
            code = code(series, value);
        }
        codes[end - 1] = (byte) Math.max(1, Math.min(LEVELS, code));
    }

    /** The value so many points ago, 0 for the last one; NaN where there is none. */
    float get(int series, int ago) {
        int at = series * LENGTH + LENGTH - 1 - ago;
        return at < codes.length && ago < LENGTH && codes[at] != NOTHING ? value(series, codes[at]) : Float.NaN;
    }

    private float value(int series, byte code) {
        return low[series] + ((code & 0xff) - 1) * step[series];
    }

    private int code(int series, float value) {
        float above = value - low[series];
        if (step[series] <= 0) {
            return above == 0 ? 1 : 0;
        }
        float steps = above / step[series];
        return steps >= -0.5f && steps < LEVELS ? 1 + Math.round(steps) : 0;
    }

    private int span(int row) {
        int least = LEVELS;
        int most = 0;
        for (int at = row; at < row + LENGTH; at++) {
            int code = codes[at] & 0xff;
            least = code == NOTHING ? least : Math.min(least, code);
            most = Math.max(most, code);
        }
        return most - least;
    }

    /** Chooses the steps anew, by the points that are there and this one. */
    private void rescale(int series, float value) {
        int row = series * LENGTH;
        float[] values = new float[LENGTH];
        float least = value;
        float most = value;
        for (int i = 0; i < LENGTH; i++) {
            values[i] = codes[row + i] == NOTHING ? Float.NaN : value(series, codes[row + i]);
            least = Float.isNaN(values[i]) ? least : Math.min(least, values[i]);
            most = Float.isNaN(values[i]) ? most : Math.max(most, values[i]);
        }
        step[series] = (most - least) / (LEVELS - 1 - 2 * MARGIN);
        low[series] = least - MARGIN * step[series];
        for (int i = 0; i < LENGTH; i++) {
            codes[row + i] = (byte) (Float.isNaN(values[i]) ? NOTHING : Math.max(1, code(series, values[i])));
        }
    }

    private void room(int series) {
        if (series >= low.length) {
            int length = series + 1 + series / 16;
            codes = Arrays.copyOf(codes, length * LENGTH);
            low = Arrays.copyOf(low, length);
            step = Arrays.copyOf(step, length);
        }
    }

    void clear() {
        codes = new byte[0];
        low = new float[0];
        step = new float[0];
    }
}
