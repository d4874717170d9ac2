package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.EntityRef;
import io.nightshift.events.MetricKind;
import io.nightshift.events.RollupSeries;
import io.nightshift.schemas.points.MetricPoints;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One metric series: what its points mean as one number, and its judge. Sums become rates, histograms the mean of the
 * observations since the point before.
 */
final class Series {

    private final SeriesIdentity identity;
    private final boolean isBounded;
    private final boolean isCollector;
    private final int rank;
    /** Null for a level: only what is summed up grows. */
    private final Counter sum;

    private final Counter count;
    private final SeriesJudge judge;
    private final MinuteOfPoints minute = new MinuteOfPoints();
    private long lastMicros;
    /** Made for the first rollup; mostly the identity's own. */
    private Map<String, String> boundedAttributes;

    Series(EntityRef instance, SeriesIdentity identity) {
        this.identity = identity;
        this.judge = new SeriesJudge(instance, identity.name(), identity.unit(), identity.attributes());
        boolean isLevel =
                switch (identity.kind()) {
                    case GAUGE, UNKNOWN -> true;
                    case CUMULATIVE_SUM, DELTA_SUM -> !identity.monotonic();
                    default -> false;
                };
        this.isBounded = isLevel && Saturation.concerns(identity.name());
        this.isCollector =
                identity.name().equals(CollectorShare.METRIC) && CollectorShare.counts(identity.attributes());
        this.rank = rank(identity.name());
        boolean grows =
                switch (identity.kind()) {
                    case CUMULATIVE_SUM -> identity.monotonic();
                    case CUMULATIVE_HISTOGRAM -> true;
                    default -> false;
                };
        this.sum = grows ? new Counter() : null;
        this.count = grows && identity.kind() == MetricKind.CUMULATIVE_HISTOGRAM ? new Counter() : null;
    }

    SeriesIdentity identity() {
        return identity;
    }

    /** Whether this is what is used, or the limit, of something that can fill up. */
    boolean isBounded() {
        return isBounded;
    }

    /** Whether this is time that garbage collection took from the application. */
    boolean isCollector() {
        return isCollector;
    }

    /** Takes a finite point; returns by how much a sum grew, NaN when that is not known or the point is not newer. */
    double accept(MetricPoints points, int point, Consumer<Judgement> out) {
        long time = points.time(point);
        if (time <= lastMicros) {
            return Double.NaN;
        }
        double value = points.value(point);
        double seconds = lastMicros == 0 ? Double.NaN : (time - lastMicros) / 1e6;
        lastMicros = time;
        double grown = Double.NaN;
        double level = Double.NaN;
        switch (identity.kind()) {
            case CUMULATIVE_SUM -> {
                if (sum != null) {
                    grown = sum.growth(time, points.start(point), value);
                    level = grown / seconds;
                } else {
                    level = value;
                }
            }
            case DELTA_SUM -> {
                grown = value;
                level = value / seconds;
            }
            case CUMULATIVE_HISTOGRAM -> {
                grown = sum.growth(time, points.start(point), value);
                long counted = points.count(point);
                double observed = counted < 0 ? Double.NaN : count.growth(time, points.start(point), counted);
                level = observed > 0 ? grown / observed : Double.NaN;
            }
            case DELTA_HISTOGRAM -> {
                grown = value;
                level = points.count(point) > 0 ? value / points.count(point) : Double.NaN;
            }
            default -> level = value;
        }
        if (!Double.isNaN(level)) {
            minute.add(level);
            judge.accept(time, level, out);
        }
        return grown;
    }

    void end(Consumer<Judgement> out) {
        judge.end(out);
    }

    /** Whether there were points since the last minute was taken. */
    boolean hasMinute() {
        return minute.count() > 0;
    }

    /** Whether a general rule says that this series tells much of its instance. */
    boolean isTelling() {
        return rank < 3;
    }

    /** How much the minute tells a reader who has room for a few: 0 tells most. */
    int rank() {
        return rank;
    }

    /** How unusual the last point was, in multiples of what is usual. */
    double severity() {
        return judge.severity();
    }

    /** The same, 0 once the series has fallen behind this time. */
    double severity(long nowMicros) {
        return judge.severity(nowMicros);
    }

    private static int rank(String name) {
        if (Saturation.concerns(name) || name.equals(CollectorShare.METRIC)) {
            return 0;
        }
        if (name.contains("cpu") || name.contains("memory") || name.contains("thread")) {
            return 1;
        }
        return name.contains("duration") ? 2 : 3;
    }

    RollupSeries minute(Saturation saturation) {
        if (boundedAttributes == null) {
            boundedAttributes = Bounded.attributes(identity.attributes());
        }
        return minute.rollup(
                Bounded.text(identity.name(), 200),
                Bounded.text(identity.unit(), 40),
                judge.instance(),
                boundedAttributes,
                judge.lower(),
                judge.upper(),
                isBounded ? saturation.limitOf(identity.name(), identity.attributes()) : null);
    }

    void beginMinute() {
        minute.clear();
    }

    /** Writes what changes; {@link SeriesIdentity} is kept apart, for it does not. */
    void write(StateWriter out) {
        out.int64(lastMicros);
        if (sum != null) {
            sum.write(out);
        }
        if (count != null) {
            count.write(out);
        }
        judge.write(out);
    }

    void read(StateReader in) {
        lastMicros = in.int64();
        if (sum != null) {
            sum.read(in);
        }
        if (count != null) {
            count.read(in);
        }
        judge.read(in);
    }
}
