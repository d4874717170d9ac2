package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;

/**
 * Whether an end is to be told of: opens when it is likely within the horizon, ends when the value left the trend, when
 * nothing spoke for the trend during a quarter of the time it was seen, or when the end moved well beyond the horizon.
 */
final class ForecastWatch {

    private static final double LATENESS = 3;
    private static final double HYSTERESIS = 1.5;
    private static final int BELOW = 2;

    private final long horizonMicros;
    private boolean open;
    private long onsetMicros;
    private Forecast last;
    private int below;

    ForecastWatch(long horizonMicros) {
        this.horizonMicros = horizonMicros;
    }

    /**
     * Takes what there is to say now.
     *
     * @param found null when no trend counts
     * @return whether it ended just now
     */
    boolean accept(long micros, double value, Forecast found) {
        boolean credible = found != null
                && (open
                        ? found.isWithin((long) (HYSTERESIS * horizonMicros), 2 * LATENESS)
                        : found.isWithin(horizonMicros, LATENESS));
        if (credible) {
            if (!open) {
                onsetMicros = micros;
            }
            open = true;
            last = found;
            below = 0;
            return false;
        }
        if (!open) {
            return false;
        }
        below = value < last.breakLevel() ? below + 1 : 0;
        boolean faded = micros - last.atMicros() > last.spanMicros() / 4;
        if (below >= BELOW || faded) {
            open = false;
            return true;
        }
        return false;
    }

    boolean isOpen() {
        return open;
    }

    /** The last forecast that counted. */
    Forecast last() {
        return last;
    }

    /** When it could first be told. A trend has no beginning that its window shows. */
    long onsetMicros() {
        return onsetMicros;
    }

    void write(StateWriter out) {
        out.flag(open);
        if (open) {
            out.int64(onsetMicros)
                    .int64(last.atMicros())
                    .float64(last.slopePerSecond())
                    .int64(last.endMicros())
                    .int64(last.earliestMicros())
                    .int64(last.latestMicros())
                    .float64(last.breakLevel())
                    .int64(last.spanMicros());
        }
    }

    void read(StateReader in) {
        open = in.flag();
        if (open) {
            onsetMicros = in.int64();
            last = new Forecast(in.int64(), in.float64(), in.int64(), in.int64(), in.int64(), in.float64(), in.int64());
        }
    }
}
