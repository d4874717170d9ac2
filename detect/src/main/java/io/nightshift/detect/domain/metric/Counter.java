package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;

/** Turns a cumulative sum into growth since the point before; a reset starts anew from nothing known. */
final class Counter {

    private double value = Double.NaN;
    private long timeMicros;
    private long startMicros;

    /** Growth since the last point, or NaN for the first point and after a reset. */
    double growth(long atMicros, long start, double now) {
        double growth = Double.NaN;
        boolean restarted = start != 0 && startMicros != 0 && start != startMicros;
        if (!Double.isNaN(value) && !restarted && now >= value && atMicros > timeMicros) {
            growth = now - value;
        }
        value = now;
        timeMicros = atMicros;
        startMicros = start;
        return growth;
    }

    void write(StateWriter out) {
        out.float64(value).int64(timeMicros).int64(startMicros);
    }

    void read(StateReader in) {
        value = in.float64();
        timeMicros = in.int64();
        startMicros = in.int64();
    }
}
