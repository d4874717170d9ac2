package io.nightshift.detect.domain.slo;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * By how much counters grew, many of them. A counter that starts anew has grown by what it shows. At most 2,000 counters, 40
 * bytes each; those silent for an hour make room.
 */
final class Growth {

    private static final int MAX_COUNTERS = 2_000;
    private static final long FORGET_MICROS = TimeUnit.HOURS.toMicros(1);

    private record Seen(long timeMicros, long startMicros, double value) {}

    private final Map<Long, Seen> counters = new LinkedHashMap<>();
    private long refused;

    /**
     * @param grown since the counter's point before
     * @param seconds since then; 0 when there is none to compare with
     */
    record Step(double grown, double seconds) {
        static final Step NONE = new Step(0, 0);
    }

    /** Growth since the counter's point before; 0 for its first point and for one that is not newer. */
    double of(long counter, long timeMicros, long startMicros, double value) {
        return step(counter, timeMicros, startMicros, value).grown();
    }

    Step step(long counter, long timeMicros, long startMicros, double value) {
        if (!isNewer(counter, timeMicros)) {
            return Step.NONE;
        }
        Seen before = counters.put(counter, new Seen(timeMicros, startMicros, value));
        if (before == null) {
            return Step.NONE;
        }
        boolean restarted = startMicros != 0 && before.startMicros() != 0 && startMicros != before.startMicros();
        double grown = restarted || value < before.value() ? Math.max(0, value) : value - before.value();
        return new Step(grown, (timeMicros - before.timeMicros()) / 1e6);
    }

    /** Whether a point that counts by itself is newer than the one before it: senders repeat themselves. */
    boolean isNew(long counter, long timeMicros) {
        boolean isNewer = isNewer(counter, timeMicros);
        if (isNewer) {
            counters.put(counter, new Seen(timeMicros, 0, 0));
        }
        return isNewer;
    }

    private boolean isNewer(long counter, long timeMicros) {
        Seen before = counters.get(counter);
        if (before == null && !hasRoom(timeMicros)) {
            refused++;
            return false;
        }
        return before == null || timeMicros > before.timeMicros();
    }

    private boolean hasRoom(long nowMicros) {
        if (counters.size() >= MAX_COUNTERS) {
            counters.values().removeIf(seen -> nowMicros - seen.timeMicros() > FORGET_MICROS);
        }
        return counters.size() < MAX_COUNTERS;
    }

    /** Points of counters that found no room. */
    long refused() {
        return refused;
    }

    void write(StateWriter out) {
        out.int32(counters.size());
        counters.forEach((counter, seen) -> out.int64(counter)
                .int64(seen.timeMicros())
                .int64(seen.startMicros())
                .float64(seen.value()));
    }

    void read(StateReader in) {
        for (int left = in.int32(); left > 0; left--) {
            counters.put(in.int64(), new Seen(in.int64(), in.int64(), in.float64()));
        }
    }
}
