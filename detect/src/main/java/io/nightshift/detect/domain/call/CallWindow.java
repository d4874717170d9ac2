package io.nightshift.detect.domain.call;

import java.util.ArrayList;
import java.util.List;

/** Calls that ended within one window. */
public final class CallWindow {

    private static final int EXEMPLARS = 3;

    private int count;
    private int errors;
    private final DurationSketch durations = new DurationSketch();
    private final DurationSketch warmDurations = new DurationSketch();
    private final List<Exemplar> failed = new ArrayList<>(0);
    private Exemplar slowest;
    private long slowestMicros = -1;
    private long firstFailureMicros;

    /** @param cold whether the answering process had just started: its durations are no sign of trouble */
    void add(Exemplar call, long endMicros, long durationMicros, boolean error, boolean cold) {
        count++;
        if (error) {
            errors++;
            firstFailureMicros = firstFailureMicros == 0 ? endMicros : Math.min(firstFailureMicros, endMicros);
            if (failed.size() < EXEMPLARS) {
                failed.add(call);
            }
        }
        durations.add(durationMicros);
        if (!cold) {
            warmDurations.add(durationMicros);
            if (durationMicros > slowestMicros) {
                slowestMicros = durationMicros;
                slowest = call;
            }
        }
    }

    CallWindow plus(CallWindow other) {
        count += other.count;
        errors += other.errors;
        firstFailureMicros = firstFailureMicros == 0 ? other.firstFailureMicros : firstFailureMicros;
        durations.add(other.durations);
        warmDurations.add(other.warmDurations);
        other.failed.stream().limit(Math.max(0, EXEMPLARS - failed.size())).forEach(failed::add);
        if (other.slowestMicros > slowestMicros) {
            slowestMicros = other.slowestMicros;
            slowest = other.slowest;
        }
        return this;
    }

    /** When the first failed call ended, not before the window's start. */
    long firstFailureMicros(long start) {
        return Math.max(start, firstFailureMicros);
    }

    public int count() {
        return count;
    }

    public int errors() {
        return errors;
    }

    public DurationSketch durations() {
        return durations;
    }

    /** Durations of calls that were answered by processes that are warm. */
    public DurationSketch warmDurations() {
        return warmDurations;
    }

    /** Traces that show failures first, then the slowest call. */
    List<Exemplar> exemplars() {
        List<Exemplar> all = new ArrayList<>(failed);
        if (slowest != null && !all.contains(slowest)) {
            all.add(slowest);
        }
        return all;
    }
}
