package io.nightshift.detect.domain.slo;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;

/**
 * Events of the slice of time that is going on. A slice that ended counts as one event: good or bad, or good to its share.
 * A slice without events does not count; events of a slice that is over come too late.
 */
final class SliceCounter {

    private final Budgeting budgeting;
    private long startMicros;
    private double bad;
    private double total;

    SliceCounter(Budgeting budgeting) {
        this.budgeting = budgeting;
    }

    void add(long micros, double badEvents, double events) {
        if (micros >= startMicros) {
            bad += badEvents;
            total += events;
        }
    }

    /** Ends the slice when its time is over. */
    void time(long nowMicros, ErrorBudget budget) {
        long slice = nowMicros - Math.floorMod(nowMicros, budgeting.sliceMicros());
        if (slice <= startMicros) {
            return;
        }
        if (total > 0) {
            double badShare = Math.max(0, Math.min(1, bad / total));
            boolean isRatio = budgeting.method() == Budgeting.Method.RATIO_TIMESLICES;
            budget.add(nowMicros, isRatio ? badShare : badShare > 1 - budgeting.sliceTarget() ? 1 : 0, 1);
        }
        startMicros = slice;
        bad = 0;
        total = 0;
    }

    void write(StateWriter out) {
        out.int64(startMicros).float64(bad).float64(total);
    }

    void read(StateReader in) {
        startMicros = in.int64();
        bad = in.float64();
        total = in.float64();
    }
}
