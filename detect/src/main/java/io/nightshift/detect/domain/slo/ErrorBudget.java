package io.nightshift.detect.domain.slo;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;

/**
 * How much of an objective's error budget is used, and how fast, from four rings of buckets: bounded bytes (under 6.5 KiB on
 * the heap, 3.3 KiB stored) whatever the traffic. For a period of 30 days the buckets are 1 min (windows up to 1 h), 5 min
 * (6 h), 30 min (3 d) and 6 h (30 d); windows are at most one bucket too long.
 *
 * <p>What was not observed yet counts as good: a new objective has to burn a window's budget before it alerts.
 */
final class ErrorBudget {

    private static final int[] BUCKET_UNITS = {1, 5, 30, 360};
    private static final int[] WINDOWS = {60, 72, 144, 120};

    private final Objective objective;
    private final long unitMicros;
    private final EventRing[] rings = new EventRing[BUCKET_UNITS.length];
    /** Good events may be reported after the total that they belong to, so the bucket being filled can mislead. */
    private final boolean waitsForGood;

    private long sinceMicros;
    private long nowMicros;
    private long calendarMicros;
    private double calendarBad;
    private double calendarTotal;

    ErrorBudget(Objective objective) {
        this.objective = objective;
        unitMicros = objective.periodMicros() / BurnRule.UNITS;
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new EventRing(BUCKET_UNITS[i] * unitMicros, WINDOWS[i]);
        }
        waitsForGood = objective.indicator() instanceof Indicator.Ratio ratio
                && !ratio.partIsBad()
                && ratio.total().isMetric()
                && !objective.budgeting().isSliced();
    }

    void time(long micros) {
        nowMicros = micros;
        for (EventRing ring : rings) {
            ring.advance(micros);
        }
        if (objective.period() instanceof Period.Calendar calendar) {
            long start = calendar.startMicros(micros);
            if (start != calendarMicros) {
                calendarMicros = start;
                calendarBad = 0;
                calendarTotal = 0;
            }
        }
    }

    /** Counts events; those ahead of time count now. */
    void add(long micros, double bad, double total) {
        if (nowMicros == 0) {
            return;
        }
        long at = Math.min(micros, nowMicros);
        sinceMicros = sinceMicros == 0 ? at : Math.min(sinceMicros, at);
        for (EventRing ring : rings) {
            ring.add(at, bad, total);
        }
        if (at >= calendarMicros) {
            calendarBad += bad;
            calendarTotal += total;
        }
    }

    boolean hasEvents() {
        return sinceMicros != 0;
    }

    /** Events in the long window of a rule. */
    EventRing.Sum inLongWindow(BurnRule rule) {
        return window(rule.longUnits());
    }

    double longBurn(BurnRule rule) {
        double observed = Math.min(1, (double) (nowMicros - sinceMicros) / rule.longMicros(objective.periodMicros()));
        return observed * inLongWindow(rule).badShare() / objective.budget();
    }

    double shortBurn(BurnRule rule) {
        return window(rule.shortUnits()).badShare() / objective.budget();
    }

    private EventRing.Sum window(int units) {
        int ring = 0;
        while (units > WINDOWS[ring] * BUCKET_UNITS[ring]) {
            ring++;
        }
        return rings[ring].sum(units / BUCKET_UNITS[ring], !waitsForGood);
    }

    /** When what a rule sees began, microseconds since the epoch. */
    long burningSince(BurnRule rule) {
        EventRing ring = rings[rule.longUnits() <= WINDOWS[0] ? 0 : 1];
        return Math.min(nowMicros, ring.burningSince(objective.budget(), WINDOWS[0]));
    }

    /** Share of the period's budget that is left; below 0 when it is overspent. Traffic not seen yet is taken to be as before. */
    double remaining() {
        boolean calendar = objective.period() instanceof Period.Calendar;
        EventRing.Sum seen = calendar
                ? new EventRing.Sum(Math.max(0, calendarBad), calendarTotal)
                : rings[rings.length - 1].sum(WINDOWS[rings.length - 1], true);
        if (seen.total() <= 0) {
            return 1;
        }
        long from = Math.max(sinceMicros, calendar ? calendarMicros : nowMicros - objective.periodMicros());
        long observed = Math.max(60 * unitMicros, nowMicros - from);
        double expected = seen.total() * Math.max(1, (double) objective.periodMicros() / observed);
        return 1 - seen.bad() / (objective.budget() * expected);
    }

    void write(StateWriter out) {
        out.int64(sinceMicros).int64(calendarMicros).float64(calendarBad).float64(calendarTotal);
        for (EventRing ring : rings) {
            ring.write(out);
        }
    }

    void read(StateReader in) {
        sinceMicros = in.int64();
        calendarMicros = in.int64();
        calendarBad = in.float64();
        calendarTotal = in.float64();
        for (EventRing ring : rings) {
            ring.read(in);
        }
    }
}
