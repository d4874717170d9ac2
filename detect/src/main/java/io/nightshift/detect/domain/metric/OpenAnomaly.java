package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Signal;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is known of an anomaly of one series from its first point to its last. */
final class OpenAnomaly {

    /** Points in a row that are usual again before an anomaly ends: it began at 1 and ends below half of that. */
    private static final int CALM_POINTS = 3;

    private static final double CALM_SCORE = 0.5;
    /** After so many points it shows whether a spike was the first of a new level or of a wider spread. */
    private static final int SETTLED_POINTS = 12;
    /** And after so many whether a new level was one, or goes on climbing. */
    private static final int LASTING_POINTS = 100;
    /** After so many points the new state is the usual one, and a person has been told long since. */
    private static final int MAX_OPEN_POINTS = 120;

    /** Moves of a single point count for 32 points: the third of what is usual is more than one of them. */
    private static final double STIRS = 0.33;

    private final MetricTrail trail = new MetricTrail();
    private AnomalyKind kind;
    private boolean up;
    private int calm;
    private int points;
    private int pointsAbove;
    private int pointsBelow;
    private double bandAtOnset;
    /** What it must move again until it is still no more; 0 where stillness is not what this is about. */
    private double stirs;

    private long onsetMicros;

    private OpenAnomaly() {}

    /** Begins with the alarm that the detector just gave. */
    static OpenAnomaly begin(SeriesDetector detector, long timeMicros, double value, long everyMicros) {
        OpenAnomaly open = new OpenAnomaly();
        Shape shape = detector.shape();
        open.kind = shape.kind();
        open.up = detector.up();
        open.onsetMicros = timeMicros - shape.pointsSinceOnset() * everyMicros;
        open.bandAtOnset = (detector.upper() - detector.lower()) / 2;
        open.stirs = shape.source() == SeriesDetector.Source.STILLNESS ? STIRS * detector.usualStep() : 0;
        return open;
    }

    /** What is shown as proof; points are to be added in the order of their times. */
    MetricTrail trail() {
        return trail;
    }

    /** Takes the next point and returns whether it was the last one. */
    boolean goOn(SeriesDetector detector, double value) {
        points++;
        // What is unusual now widens the band; it is measured by the band in which it began.
        double centre = (detector.lower() + detector.upper()) / 2;
        boolean above = value > centre + bandAtOnset;
        boolean below = value < centre - bandAtOnset;
        pointsAbove += above ? 1 : 0;
        pointsBelow += below ? 1 : 0;
        if (isStill()) {
            return above || below || detector.step() >= stirs || points >= MAX_OPEN_POINTS;
        }
        boolean isCalm = kind == AnomalyKind.SPIKE || detector.rawScore() < CALM_SCORE;
        calm = isCalm && !above && !below ? calm + 1 : 0;
        return calm >= CALM_POINTS || points >= MAX_OPEN_POINTS;
    }

    /** What lasts turns out to be of another kind, with the same beginning: the kind that it is now. */
    AnomalyKind settled(SeriesDetector detector) {
        if (isStill() || points != SETTLED_POINTS && points != LASTING_POINTS) {
            return kind;
        }
        if (pointsAbove >= SETTLED_POINTS / 4 && pointsBelow >= SETTLED_POINTS / 4) {
            return AnomalyKind.VARIANCE_CHANGE;
        } else if (kind == AnomalyKind.SPIKE && pointsAbove + pointsBelow >= SETTLED_POINTS / 4) {
            return AnomalyKind.LEVEL_SHIFT;
        }
        boolean climbs = points == LASTING_POINTS
                && kind == AnomalyKind.LEVEL_SHIFT
                && detector.shape().climbs();
        return climbs ? AnomalyKind.DRIFT : kind;
    }

    AnomalyKind kind() {
        return kind;
    }

    void become(AnomalyKind settled) {
        kind = settled;
        // Falling variance is told as stillness from its first point on; this is the other one.
        up |= kind == AnomalyKind.VARIANCE_CHANGE;
    }

    private boolean isStill() {
        return stirs > 0;
    }

    String slot(EntityRef instance, SeriesNature nature) {
        return Finding.slot(
                instance,
                kind,
                nature.identity().name(),
                nature.identity().attributes().toString());
    }

    Finding finding(
            EntityRef instance,
            SeriesNature nature,
            SeriesDetector detector,
            double value,
            double severity,
            long timeMicros,
            long everyMicros) {
        String name = nature.identity().name();
        return new Finding(
                slot(instance, nature),
                instance,
                Signal.METRIC,
                kind,
                up ? Direction.UP : Direction.DOWN,
                name,
                severity,
                detector.tailProbability(),
                onsetMicros,
                Math.max(TimeUnit.SECONDS.toMicros(15), 3 * everyMicros),
                sentence(Finding.nameOf(instance), nature.identity(), detector, value, timeMicros),
                anomaly -> anomaly.setMetric(
                        trail.evidence(nature.boundedName(), nature.boundedUnit(), nature.boundedAttributes(), null)),
                List.of());
    }

    private String sentence(
            String who, SeriesIdentity identity, SeriesDetector detector, double value, long timeMicros) {
        long minutes = TimeUnit.MICROSECONDS.toMinutes(timeMicros);
        if (isStill()) {
            long since = TimeUnit.MICROSECONDS.toMinutes(timeMicros - onsetMicros);
            return MetricWords.still(who, identity.name(), identity.unit(), value, stirs / STIRS, since);
        }
        return MetricWords.sentence(who, identity.name(), identity.unit(), value, detector, up, minutes);
    }

    /** Writes an anomaly, or that there is none. */
    static void write(OpenAnomaly open, StateWriter out) {
        boolean is = open != null;
        out.int64(is ? open.onsetMicros : 0).int32(is ? open.points : 0).flag(is && open.up);
        out.int8(is ? open.pointsAbove : 0).int8(is ? open.pointsBelow : 0);
        out.float64(is ? open.bandAtOnset : 0).float64(is ? open.stirs : 0).text(is ? open.kind.name() : null);
    }

    /** Reads an anomaly, or null when there was none. */
    static OpenAnomaly read(StateReader in) {
        OpenAnomaly open = new OpenAnomaly();
        open.onsetMicros = in.int64();
        open.points = in.int32();
        open.up = in.flag();
        open.pointsAbove = in.int8();
        open.pointsBelow = in.int8();
        open.bandAtOnset = in.float64();
        open.stirs = in.float64();
        String kind = in.text();
        open.kind = kind == null ? null : AnomalyKind.valueOf(kind);
        return kind == null ? null : open;
    }
}
