package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.concurrent.TimeUnit;

/**
 * Watches a share of a capacity: open once it has stayed high, ended once it has stayed low. A share that was never low is
 * full by design and stays silent. Works at any cadence: at least two points and so many seconds.
 */
final class HighWatch {

    private static final long PERSIST_MICROS = TimeUnit.SECONDS.toMicros(4);
    private static final long CALM_MICROS = TimeUnit.SECONDS.toMicros(8);

    private static final long SILENT_MICROS = TimeUnit.MINUTES.toMicros(2);

    private final double high;
    private final double low;
    private long lastMicros;
    private long calmMicros;
    private long highSince = -1;
    private long lowSince = -1;
    private long risingSince = -1;
    private int points;
    private boolean open;
    private long onsetMicros;

    HighWatch(double high, double low) {
        this.high = high;
        this.low = low;
    }

    /** Takes the share at a time; returns whether it ended just now. */
    boolean accept(long timeMicros, double share) {
        long passed = lastMicros == 0 ? 0 : Math.max(0, timeMicros - lastMicros);
        lastMicros = timeMicros;
        boolean ended = false;
        if (share < low) {
            calmMicros += passed;
            risingSince = -1;
            highSince = -1;
            points = 0;
            lowSince = lowSince < 0 ? timeMicros : lowSince;
            if (open && timeMicros - lowSince >= PERSIST_MICROS) {
                open = false;
                ended = true;
            }
            return ended;
        }
        lowSince = -1;
        risingSince = risingSince < 0 ? timeMicros : risingSince;
        if (share < high) {
            highSince = -1;
            points = 0;
            return false;
        }
        highSince = highSince < 0 ? timeMicros : highSince;
        points++;
        boolean persisted = points >= 2 && timeMicros - highSince >= PERSIST_MICROS;
        if (!open && persisted && calmMicros >= CALM_MICROS) {
            open = true;
            onsetMicros = risingSince;
        }
        return false;
    }

    /**
     * How long a full resource counts as full without a new point, microseconds: a process that is out of memory falls silent,
     * and silence is no recovery. A new process ends it at once.
     */
    static long holdMicros(long everyMicros) {
        return Math.max(SILENT_MICROS, 10 * everyMicros);
    }

    boolean isOpen() {
        return open;
    }

    /** When the share left the low range for good. */
    long onsetMicros() {
        return onsetMicros;
    }

    void write(StateWriter out) {
        out.int64(lastMicros).int64(calmMicros).int64(risingSince).flag(open).int64(onsetMicros);
    }

    void read(StateReader in) {
        lastMicros = in.int64();
        calmMicros = in.int64();
        risingSince = in.int64();
        open = in.flag();
        onsetMicros = in.int64();
    }
}
