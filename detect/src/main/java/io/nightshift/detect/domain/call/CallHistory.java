package io.nightshift.detect.domain.call;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.Arrays;

/**
 * The windows of the last ten minutes that were held to be usual, as the baseline of what comes. Medians of them stand a cold
 * start, a lost window and a few strange ones.
 */
final class CallHistory {

    static final int WINDOWS = 120;

    private final float[] counts = new float[WINDOWS];
    private final float[] errors = new float[WINDOWS];
    /** Natural logarithm of milliseconds; NaN when the window had too few calls to tell. */
    private final float[] p50 = new float[WINDOWS];

    private final float[] p95 = new float[WINDOWS];
    private int size;
    private int next;
    private int judgeable;

    void add(int count, int failed, double p50Millis, double p95Millis) {
        counts[next] = count;
        errors[next] = failed;
        p50[next] = p50Millis > 0 ? (float) Math.log(p50Millis) : Float.NaN;
        p95[next] = p95Millis > 0 ? (float) Math.log(p95Millis) : Float.NaN;
        next = (next + 1) % WINDOWS;
        size = Math.min(size + 1, WINDOWS);
        judgeable = Math.min(judgeable + (p95Millis > 0 ? 1 : 0), 1000);
    }

    int size() {
        return size;
    }

    /** Windows since the beginning in which durations could be judged, up to 1,000. */
    int judgeable() {
        return judgeable;
    }

    /** Share of failures, drawn towards none by half a failure in fifty calls while there is little history. */
    double errorRatio() {
        double failed = 0.5;
        double all = 50;
        for (int i = 0; i < size; i++) {
            failed += errors[i];
            all += counts[i];
        }
        return failed / all;
    }

    double errorsPerCall() {
        double failed = 0;
        double all = 0;
        for (int i = 0; i < size; i++) {
            failed += errors[i];
            all += counts[i];
        }
        return all == 0 ? 0 : failed / all;
    }

    Level countLevel() {
        float[] logs = new float[size];
        for (int i = 0; i < size; i++) {
            logs[i] = (float) Math.log(counts[i] + 1);
        }
        return Level.of(logs, size);
    }

    Level p95Level() {
        return Level.of(Arrays.copyOf(p95, size), size);
    }

    Level p50Level() {
        return Level.of(Arrays.copyOf(p50, size), size);
    }

    void write(StateWriter out) {
        out.int32(next).int32(judgeable);
        out.floats(counts, size).floats(errors, size).floats(p50, size).floats(p95, size);
    }

    static CallHistory read(StateReader in) {
        CallHistory history = new CallHistory();
        history.next = in.int32();
        history.judgeable = in.int32();
        history.size = in.floats(history.counts);
        in.floats(history.errors);
        in.floats(history.p50);
        in.floats(history.p95);
        return history;
    }

    /** Median and median absolute deviation scaled to a standard deviation; the array is used up. */
    record Level(double median, double deviation) {
        static Level of(float[] values, int size) {
            int known = 0;
            for (int i = 0; i < size; i++) {
                if (!Float.isNaN(values[i])) {
                    values[known++] = values[i];
                }
            }
            if (known == 0) {
                return new Level(Double.NaN, Double.NaN);
            }
            double median = middle(values, known);
            for (int i = 0; i < known; i++) {
                values[i] = (float) Math.abs(values[i] - median);
            }
            return new Level(median, 1.4826 * middle(values, known));
        }

        private static double middle(float[] values, int size) {
            Arrays.sort(values, 0, size);
            return (values[(size - 1) / 2] + values[size / 2]) / 2.0;
        }
    }
}
