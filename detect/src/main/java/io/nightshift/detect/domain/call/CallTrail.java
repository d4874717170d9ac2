package io.nightshift.detect.domain.call;

import io.nightshift.events.AnomalyKind;
import java.util.ArrayList;
import java.util.List;

/** The last windows as they were, usual or not, with the band that was expected: what a person is shown as proof. */
final class CallTrail {

    private static final int LENGTH = 60;
    private static final int COLUMNS = 9;
    static final int RATE = 0;
    static final int ERRORS = 3;
    static final int LATENCY = 6;

    private final long[] ends = new long[LENGTH];
    /** Per window: value, lower and upper of rate, errors and latency. */
    private final float[] cells = new float[LENGTH * COLUMNS];

    private int size;
    private int next;

    void start(long endMicros) {
        ends[next] = endMicros;
        java.util.Arrays.fill(cells, next * COLUMNS, (next + 1) * COLUMNS, Float.NaN);
        next = (next + 1) % LENGTH;
        size = Math.min(size + 1, LENGTH);
    }

    void set(int column, double value, double lower, double upper) {
        int base = Math.floorMod(next - 1, LENGTH) * COLUMNS + column;
        cells[base] = (float) value;
        cells[base + 1] = (float) lower;
        cells[base + 2] = (float) upper;
    }

    static int column(AnomalyKind kind) {
        return switch (kind) {
            case ERRORS -> ERRORS;
            case LATENCY -> LATENCY;
            default -> RATE;
        };
    }

    List<Long> times() {
        List<Long> times = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            times.add(ends[Math.floorMod(next - size + i, LENGTH)]);
        }
        return times;
    }

    List<Double> values(int column) {
        List<Double> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add((double) cells[Math.floorMod(next - size + i, LENGTH) * COLUMNS + column]);
        }
        return values;
    }
}
