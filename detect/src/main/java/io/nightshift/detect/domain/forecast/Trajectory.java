package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.concurrent.TimeUnit;

/**
 * What a value has been doing, over six minutes to four days at six scales, and when it reaches its limit if it goes on. A
 * trend of a scale counts when
 *
 * <ul>
 *   <li>its slope is above zero with 95 % confidence, and it rose in each of the last stretches: a step is no trend;
 *   <li>it does not slow down so much that it would stop below the limit: what warms up or fills a cache does;
 *   <li>the next finer scale rises as well, and the value is not below the line: it goes on now;
 *   <li>it rose further than this resource did before and came down again: sawtooth, season and batch jobs are its life;
 *   <li>the end is not further away than four times as long as the trend was seen.
 * </ul>
 *
 * <p>About 850 bytes on the heap.
 */
final class Trajectory {

    private static final long FINEST_MICROS = TimeUnit.SECONDS.toMicros(15);
    private static final int SCALES = 6;
    private static final int STEP = 4;
    private static final double REACH = 4;
    private static final double BEYOND_USUAL = 1.3;
    private static final double BROKEN = 0.25;
    private static final double GOES_ON = 0.25;
    /**
     * Half of the 90 % interval of the end of a line through twelve points, in median absolute residuals: 1.645 × 1.48 for
     * the normal deviation, times twice its share at the line's end, by the square root of twelve.
     */
    private static final double END_ERROR = 1.4;

    private final Floors[] scales = new Floors[SCALES];
    private double value = Double.NaN;
    private long micros;

    Trajectory() {
        long bucket = FINEST_MICROS;
        for (int i = 0; i < SCALES; i++) {
            scales[i] = new Floors(bucket);
            bucket *= STEP;
        }
    }

    /** Takes a value later than those before; returns whether there is something new to forecast from. */
    boolean add(long atMicros, double next) {
        micros = atMicros;
        value = next;
        boolean completed = false;
        for (Floors scale : scales) {
            completed |= scale.add(atMicros, next);
        }
        return completed;
    }

    /**
     * The forecast of the coarsest scale whose trend counts.
     *
     * @param limit value at which the resource is used up
     * @param seenMicros a trend must have been seen for so long
     * @param blur how inexactly the values are known: a rise must be twice that
     * @param isStaircase whether the value stays between changes, so that the line and not the latest value is the level
     * @return null when there is no such trend
     */
    Forecast forecast(double limit, long seenMicros, double blur, boolean isStaircase) {
        for (int i = SCALES - 1; i >= 0; i--) {
            if (scales[i].spanMicros() >= seenMicros && scales[i].tell()) {
                Forecast found = forecast(i, limit, blur, isStaircase);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private Forecast forecast(int scale, double limit, double blur, boolean isStaircase) {
        Floors floors = scales[scale];
        if (floors.rise() <= Math.max(BEYOND_USUAL * floors.usualRise(), 2 * blur)) {
            return null;
        }
        Trend trend = Trend.of(floors.values());
        if (trend == null
                || trend.ceiling() < limit
                || !goesOn(scale, trend.line().slope())) {
            return null;
        }
        double perMicro = 1.0 / floors.bucketMicros();
        // A floor of something that rises is where its stretch of time began.
        double now = trend.line().last() + trend.line().slope() * perMicro * (micros - floors.lastMicros());
        double breakLevel =
                now - Math.max(BROKEN * floors.rise(), 4 * trend.line().scatter());
        if (value < breakLevel) {
            return null;
        }
        TheilSen latest = isStaircase ? null : latest();
        double left = Math.max(0, limit - (latest == null ? now : Math.max(now, latest.last())));
        double error = END_ERROR * Math.max(trend.line().scatter(), latest == null ? 0 : latest.scatter());
        double expected = left / (trend.line().slope() * perMicro);
        if (expected > REACH * floors.spanMicros()) {
            return null;
        }
        return new Forecast(
                micros,
                trend.line().slope() * perMicro * 1e6,
                micros + (long) expected,
                micros + (long) (Math.max(0, left - error) / (trend.upper() * perMicro)),
                micros + (long) Math.min(1e17, (left + error) / (trend.lower() * perMicro)),
                breakLevel,
                floors.spanMicros());
    }

    /** The line through the latest floors of the finest scale: those of a coarse one lie lower by as much as it scatters. */
    private TheilSen latest() {
        for (Floors scale : scales) {
            if (scale.tell()) {
                return TheilSen.of(scale.values(), Floors.SIZE / 2);
            }
        }
        return null;
    }

    /** Whether the last quarter of the trend, seen at the next finer scale, still rises. */
    private boolean goesOn(int scale, double slope) {
        if (scale == 0 || !scales[scale - 1].tell()) {
            return true;
        }
        TheilSen finer = TheilSen.of(scales[scale - 1].values(), 0);
        return finer == null || finer.slope() * STEP >= GOES_ON * slope;
    }

    void write(StateWriter out) {
        out.int64(micros).float64(value);
        for (Floors scale : scales) {
            scale.write(out);
        }
    }

    void read(StateReader in) {
        micros = in.int64();
        value = in.float64();
        for (Floors scale : scales) {
            scale.read(in);
        }
    }
}
