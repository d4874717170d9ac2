package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.Arrays;

/** What garbage collection leaves of memory: the floor under its sawtooth, seen in its falls, or told by the sender. */
final class CollectedFloor {

    /** A trend of floors must have outlived so many. */
    private static final int ENOUGH = 4;
    /** A fall of so much of the rise before it, and of the value, is a collection. */
    private static final double OF_RISE = 0.35;

    private static final double OF_VALUE = 0.05;
    /** Falls much smaller than others are noise. */
    private static final double OF_GREATEST = 0.25;
    /** The greatest step between two points is forgotten by half within about seven hundred of them. */
    private static final double FORGET = 0.999;

    private final long[] times = new long[ENOUGH];
    private double low = Double.NaN;
    private double high = Double.NaN;
    private double floor = Double.NaN;
    private double last = Double.MAX_VALUE;
    private double step;
    private double greatest;

    /** Takes what is used at any time; returns the floor, NaN before the first collection. */
    double used(long micros, double value) {
        step = Math.max(FORGET * step, value - last);
        last = value;
        if (!(value >= low)) {
            low = value;
        }
        if (!(value <= high)) {
            high = value;
        }
        double fall = high - value;
        if (fall > Math.max(OF_RISE * (high - low), OF_VALUE * Math.abs(high)) && fall > OF_GREATEST * greatest) {
            if (greatest < OF_GREATEST * fall) {
                // What fell before was noise beside this.
                Arrays.fill(times, 0);
            }
            greatest = Math.max(0.9 * greatest, fall);
            collected(micros);
            floor = value;
            low = value;
            high = value;
        } else if (value < floor) {
            floor = value;
        }
        return floor;
    }

    /** Takes what a sender says was left; another value means another collection. */
    double left(long micros, double value) {
        if (value != floor) {
            collected(micros);
            floor = value;
        }
        return floor;
    }

    private void collected(long micros) {
        System.arraycopy(times, 1, times, 0, ENOUGH - 1);
        times[ENOUGH - 1] = micros;
    }

    /** Time that the last few collections took, microseconds: a trend seen for less is none of floors. */
    long spanMicros(long nowMicros) {
        return times[0] == 0 ? Long.MAX_VALUE : nowMicros - times[0];
    }

    /**
     * How exactly floors are known: a point comes up to its interval after the collection, and floors may drift by so much
     * while the two fall in and out of step.
     */
    double blur() {
        return step;
    }

    void write(StateWriter out) {
        out.float64(low)
                .float64(high)
                .float64(floor)
                .float64(last)
                .float64(step)
                .float64(greatest);
        for (long time : times) {
            out.int64(time);
        }
    }

    void read(StateReader in) {
        low = in.float64();
        high = in.float64();
        floor = in.float64();
        last = in.float64();
        step = in.float64();
        greatest = in.float64();
        for (int i = 0; i < ENOUGH; i++) {
            times[i] = in.int64();
        }
    }
}
