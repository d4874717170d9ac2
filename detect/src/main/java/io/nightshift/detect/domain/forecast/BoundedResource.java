package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.ForecastEvidence;
import io.nightshift.events.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Something of one instance that fills up: what is used, its limit, and where that leads. */
final class BoundedResource {

    private final EntityRef instance;
    private final String stem;
    private final Map<String, String> attributes;
    private final ResourceKind kind;
    private final long horizonMicros;
    private final ForecastWatch watch;
    /** Null until something is known to be used of something limited: many a name only looks like a resource's. */
    private Trajectory trajectory;
    /** Null for what is not garbage-collected. */
    private CollectedFloor collections;

    private double floor = Double.NaN;

    private String name = "";
    private String unit = "";
    private double used = Double.NaN;
    private double free = Double.NaN;
    private double limit = Double.NaN;
    private int rank;
    private boolean isCollected;
    private boolean isAfterCollection;
    private boolean isShare;
    private boolean isNew;
    private long usedAt;
    /** Time of the point with which it was last told of: what is heard of no more is told of no more, and so fades. */
    private long saidAt;

    private long everyMicros = TimeUnit.MINUTES.toMicros(1);

    BoundedResource(EntityRef instance, String stem, Map<String, String> attributes, ForecastSettings settings) {
        this.instance = instance;
        this.stem = stem;
        this.attributes = attributes;
        this.kind = ResourceKind.of(stem);
        this.horizonMicros = settings.micros(kind);
        this.watch = new ForecastWatch(horizonMicros);
    }

    void limit(double value) {
        limit = value;
    }

    void free(double value) {
        free = value;
    }

    /**
     * Takes what is used, or what is still available. What is left after a collection is better than what is used at any time,
     * and that better than a share or what is available: a sender may tell all of them.
     */
    void used(Naming.Role role, String metric, String metricUnit, long micros, double value) {
        boolean isLeft = role == Naming.Role.AVAILABLE;
        boolean isOther = usedAt != 0 && (role == Naming.Role.SHARE) != isShare;
        if (rank(role) < rank || (rank(role) == rank && (micros <= usedAt || isOther)) || (isLeft && !(limit > 0))) {
            return;
        }
        if (rank(role) > rank) {
            beginAnew(role);
        }
        everyMicros = usedAt == 0 ? everyMicros : micros - usedAt;
        isCollected = isAfterCollection || Naming.isCollected(metric, attributes);
        name = metric;
        unit = metricUnit;
        used = isLeft ? limit - value : value;
        usedAt = micros;
        if (trajectory == null && bound() > 0) {
            trajectory = new Trajectory();
        }
        double level = used;
        if (isCollected) {
            collections = collections == null ? new CollectedFloor() : collections;
            level = isAfterCollection ? collections.left(micros, used) : collections.used(micros, used);
        }
        if (trajectory != null && !Double.isNaN(level)) {
            isNew |= trajectory.add(micros, level);
            floor = level;
        }
    }

    private static int rank(Naming.Role role) {
        return switch (role) {
            case USED_AFTER_COLLECTION -> 3;
            case USED -> 2;
            default -> 1;
        };
    }

    private void beginAnew(Naming.Role role) {
        rank = rank(role);
        isAfterCollection = role == Naming.Role.USED_AFTER_COLLECTION;
        isShare = role == Naming.Role.SHARE;
        trajectory = null;
        collections = null;
        floor = Double.NaN;
        usedAt = 0;
    }

    /** The value at which it is used up; NaN while that is not known. */
    double bound() {
        if (isShare) {
            return unit.equals("%") ? 100 : 1;
        }
        return limit > 0 ? limit : kind == ResourceKind.DISK ? used + free : Double.NaN;
    }

    boolean isCollected() {
        return isCollected;
    }

    /**
     * Says when it runs out, when that is soon enough to say.
     *
     * @param tells whether its running out would harm
     */
    void judge(boolean tells, Consumer<Judgement> out) {
        double bound = bound();
        boolean wasOpen = watch.isOpen();
        if (isNew && bound > 0) {
            isNew = false;
            long seen = collections == null ? 0 : collections.spanMicros(usedAt);
            double blur = collections == null ? 0 : collections.blur();
            watch.accept(usedAt, floor, tells ? trajectory.forecast(bound, seen, blur, isCollected) : null);
        }
        if (watch.isOpen() && usedAt > saidAt) {
            saidAt = usedAt;
            out.accept(finding(bound));
        } else if (wasOpen && !watch.isOpen()) {
            out.accept(new Judgement.Normal(slot()));
        }
    }

    private Finding finding(double bound) {
        Forecast forecast = watch.last();
        long left = Math.max(TimeUnit.SECONDS.toMicros(10), forecast.endMicros() - usedAt);
        String sentence = ForecastWords.of(instance, kind, name, attributes, forecast, usedAt, used / bound);
        return new Finding(
                slot(),
                instance,
                Signal.FORECAST,
                AnomalyKind.EXHAUSTION,
                Direction.UP,
                name,
                Exhaustion.severity(horizonMicros, left),
                0.05,
                watch.onsetMicros(),
                Exhaustion.holdMicros(everyMicros),
                sentence,
                anomaly -> anomaly.setForecast(new ForecastEvidence(
                        name,
                        unit,
                        used,
                        bound,
                        forecast.slopePerSecond(),
                        instant(forecast.endMicros()),
                        instant(forecast.earliestMicros()),
                        instant(forecast.latestMicros()),
                        Bounded.attributes(attributes))),
                List.of());
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochMilli(micros / 1000);
    }

    /** Ends what is open: the process that it was about is gone. */
    void end(Consumer<Judgement> out) {
        if (watch.isOpen()) {
            out.accept(new Judgement.Normal(slot()));
        }
    }

    private String slot() {
        return Exhaustion.slot(instance, stem, attributes);
    }

    String stem() {
        return stem;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    void write(StateWriter out) {
        out.text(name)
                .text(unit)
                .float64(used)
                .float64(free)
                .float64(limit)
                .int64(usedAt)
                .int64(everyMicros);
        out.int8(rank).flag(isCollected).flag(isAfterCollection).flag(isShare);
        out.float64(floor).flag(collections != null);
        if (collections != null) {
            collections.write(out);
        }
        out.flag(trajectory != null);
        if (trajectory != null) {
            trajectory.write(out);
        }
        watch.write(out);
    }

    void read(StateReader in) {
        name = in.text();
        unit = in.text();
        used = in.float64();
        free = in.float64();
        limit = in.float64();
        usedAt = in.int64();
        everyMicros = in.int64();
        rank = in.int8();
        isCollected = in.flag();
        isAfterCollection = in.flag();
        isShare = in.flag();
        floor = in.float64();
        if (in.flag()) {
            collections = new CollectedFloor();
            collections.read(in);
        }
        if (in.flag()) {
            trajectory = new Trajectory();
            trajectory.read(in);
        }
        watch.read(in);
    }
}
