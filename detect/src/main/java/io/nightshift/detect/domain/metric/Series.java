package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.RollupSeries;
import io.nightshift.schemas.points.MetricPoints;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.function.Consumer;

/** One metric series: what its points mean as one number, and its judge, which it is rather than has to save a reference. */
class Series extends SeriesJudge {

    private static final int TELLING_RANKS = 3;

    /** First value of the minute; NaN when there was none. */
    private double value = Double.NaN;

    Series(SeriesNature nature) {
        super(nature);
    }

    /** A series of the class that its nature needs. */
    static Series of(SeriesNature nature) {
        return nature.grows() ? new GrowingSeries(nature) : new Series(nature);
    }

    SeriesIdentity identity() {
        return nature().identity();
    }

    /** Takes a finite point; returns by how much a sum grew, NaN when that is not known or the point is not newer. */
    double accept(Owner owner, int number, MetricPoints points, int point, Consumer<Judgement> out) {
        long time = points.time(point);
        long before = lastMicros();
        if (time <= before) {
            return Double.NaN;
        }
        double grown = grown(points, point);
        double level = level(points, point, grown, before == 0 ? Double.NaN : (time - before) / 1e6);
        if (Double.isNaN(level)) {
            pass(time);
        } else {
            accept(owner, number, time, level, out);
            addToMinute(level);
        }
        return grown;
    }

    /** By how much what the series counts grew since the point before; NaN when that is not known. */
    double grown(MetricPoints points, int point) {
        return switch (identity().kind()) {
            case DELTA_SUM, DELTA_HISTOGRAM -> points.value(point);
            default -> Double.NaN;
        };
    }

    /**
     * The number to be judged: of sums a rate, of histograms the mean of the observations since the point before.
     *
     * @param seconds since the point before; NaN when there was none
     */
    double level(MetricPoints points, int point, double grown, double seconds) {
        return switch (identity().kind()) {
            case DELTA_SUM -> grown / seconds;
            case DELTA_HISTOGRAM -> points.count(point) > 0 ? grown / points.count(point) : Double.NaN;
            default -> points.value(point);
        };
    }

    private void addToMinute(double level) {
        if (hasMinute()) {
            addToMinute(value, level);
        } else {
            value = level;
        }
    }

    /** Whether there were points since the last minute was taken. */
    boolean hasMinute() {
        return !Double.isNaN(value);
    }

    /** Whether a general rule says that this series tells much of its instance. */
    boolean isTelling() {
        return rank() < TELLING_RANKS;
    }

    /** How much the minute tells a reader who has room for a few: 0 tells most. */
    int rank() {
        return nature().rank();
    }

    RollupSeries minute(Owner owner, Saturation saturation) {
        MinuteOfPoints minute = minuteOfMany();
        if (minute == null) {
            minute = new MinuteOfPoints();
            minute.add(value);
        }
        return minute.rollup(
                nature().boundedName(),
                nature().boundedUnit(),
                owner.instance().getInstance(),
                nature().boundedAttributes(),
                lower(),
                upper(),
                nature().isBounded()
                        ? saturation.limitOf(nature().meaning(), identity().attributes())
                        : null);
    }

    @Override
    void beginMinute() {
        super.beginMinute();
        value = Double.NaN;
    }

    /** Writes what changes; {@link SeriesIdentity} is kept apart, for it does not. */
    @Override
    void write(StateWriter out) {
        out.int64(lastMicros());
        writeCounters(out);
        super.write(out);
    }

    void read(StateReader in) {
        long last = in.int64();
        readCounters(in);
        read(in, last);
    }

    /** Only what is summed up has counters. */
    void writeCounters(StateWriter out) {}

    void readCounters(StateReader in) {}
}
