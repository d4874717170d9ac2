package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Signal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Turns the scores of a series into a finding with a beginning and an end. Points of fast series are averaged over five
 * seconds first: what one second does is noise to a person, and a series judged each minute is judged point by point.
 */
final class SeriesJudge {

    private static final long BASE_MICROS = TimeUnit.SECONDS.toMicros(5);
    /** Points in a row that are usual again before an anomaly ends: it began at 1 and ends below half of that. */
    private static final int CALM_POINTS = 3;

    private static final double CALM_SCORE = 0.5;
    /** After so many points it shows whether a spike was the first of a new level or of a wider spread. */
    private static final int SETTLED_POINTS = 12;
    /** And after so many whether a new level was one, or goes on climbing. */
    private static final int LASTING_POINTS = 100;
    /** After so many points the new state is the usual one, and a person has been told long since. */
    private static final int MAX_OPEN_POINTS = 120;

    private final EntityRef instance;
    private final String name;
    private final String unit;
    private final Map<String, String> attributes;
    private final SeriesDetector detector = new SeriesDetector();
    private final Severity severity = new Severity();
    private float unusual;
    private MetricTrail trail;
    private double sum;
    private int count;
    private long bucket = -1;
    private long lastArrivalMicros;
    private long lastPointMicros;
    private long everyMicros = BASE_MICROS;
    private AnomalyKind kind;
    private boolean up;
    private int calm;
    private int openPoints;
    private int pointsAbove;
    private int pointsBelow;
    private double bandAtOnset;
    private long onsetMicros;

    SeriesJudge(EntityRef instance, String name, String unit, Map<String, String> attributes) {
        this.instance = instance;
        this.name = name;
        this.unit = unit;
        this.attributes = attributes;
    }

    void accept(long timeMicros, double value, Consumer<Judgement> out) {
        long now = timeMicros / BASE_MICROS;
        if (bucket >= 0 && now != bucket) {
            point((bucket + 1) * BASE_MICROS, sum / count, out);
            sum = 0;
            count = 0;
            bucket = -1;
        }
        // A slow series has nothing to average: its point is judged now and not when the next one comes.
        boolean isSlow = count == 0 && lastArrivalMicros != 0 && timeMicros - lastArrivalMicros >= 2 * BASE_MICROS;
        lastArrivalMicros = timeMicros;
        if (isSlow) {
            point(timeMicros, value, out);
            return;
        }
        bucket = now;
        sum += value;
        count++;
    }

    private void point(long timeMicros, double value, Consumer<Judgement> out) {
        everyMicros = lastPointMicros == 0 ? BASE_MICROS : Math.max(BASE_MICROS, timeMicros - lastPointMicros);
        lastPointMicros = timeMicros;
        detector.accept(timeMicros, value);
        unusual = (float) severity.of(detector);
        trail = trail == null ? new MetricTrail() : trail;
        trail.add(timeMicros, value, detector.lower(), detector.upper());
        if (kind == null) {
            if (detector.alarm()) {
                open(timeMicros, value, out);
            }
            return;
        }
        openPoints++;
        // What is unusual now widens the band; it is measured by the band in which it began.
        double centre = (detector.lower() + detector.upper()) / 2;
        boolean above = value > centre + bandAtOnset;
        boolean below = value < centre - bandAtOnset;
        pointsAbove += above ? 1 : 0;
        pointsBelow += below ? 1 : 0;
        boolean isCalm = kind == AnomalyKind.SPIKE || detector.rawScore() < CALM_SCORE;
        calm = isCalm && !above && !below ? calm + 1 : 0;
        if (calm >= CALM_POINTS || openPoints >= MAX_OPEN_POINTS) {
            end(out);
            return;
        }
        if (openPoints == SETTLED_POINTS || openPoints == LASTING_POINTS) {
            settle(out);
        }
        out.accept(finding(value, Math.max(1, detector.rawScore())));
    }

    private void open(long timeMicros, double value, Consumer<Judgement> out) {
        Shape shape = detector.shape();
        kind = shape.kind();
        up = detector.up();
        onsetMicros = timeMicros - shape.pointsSinceOnset() * everyMicros;
        calm = 0;
        openPoints = 0;
        pointsAbove = 0;
        pointsBelow = 0;
        bandAtOnset = (detector.upper() - detector.lower()) / 2;
        out.accept(finding(value, detector.rawScore()));
    }

    /** What lasts is said again as what it turned out to be, with the same beginning. */
    private void settle(Consumer<Judgement> out) {
        AnomalyKind settled = kind;
        if (pointsAbove >= SETTLED_POINTS / 4 && pointsBelow >= SETTLED_POINTS / 4) {
            settled = AnomalyKind.VARIANCE_CHANGE;
        } else if (kind == AnomalyKind.SPIKE && pointsAbove + pointsBelow >= SETTLED_POINTS / 4) {
            settled = AnomalyKind.LEVEL_SHIFT;
        } else if (openPoints == LASTING_POINTS
                && kind == AnomalyKind.LEVEL_SHIFT
                && detector.shape().climbs()) {
            settled = AnomalyKind.DRIFT;
        }
        if (settled != kind) {
            out.accept(new Judgement.Normal(slot()));
            kind = settled;
        }
    }

    void end(Consumer<Judgement> out) {
        if (kind != null) {
            out.accept(new Judgement.Normal(slot()));
            kind = null;
        }
    }

    private Finding finding(double value, double severity) {
        String who = Finding.nameOf(instance);
        return new Finding(
                slot(),
                instance,
                Signal.METRIC,
                kind,
                up ? Direction.UP : Direction.DOWN,
                name,
                severity,
                detector.tailProbability(),
                onsetMicros,
                Math.max(TimeUnit.SECONDS.toMicros(15), 3 * everyMicros),
                MetricWords.sentence(
                        who, name, unit, value, detector, up, TimeUnit.MICROSECONDS.toMinutes(lastPointMicros)),
                anomaly -> anomaly.setMetric(trail.evidence(
                        Bounded.text(name, 200), Bounded.text(unit, 40), Bounded.attributes(attributes), null)),
                List.of());
    }

    private String slot() {
        return Finding.slot(instance, kind, name, attributes.toString());
    }

    String instance() {
        return instance.getInstance();
    }

    /** How unusual the last point was, in multiples of what is usual. */
    double severity() {
        return unusual;
    }

    /** The same, 0 once the series has fallen behind this time. */
    double severity(long nowMicros) {
        return nowMicros - lastPointMicros > 3 * everyMicros ? 0 : unusual;
    }

    double lower() {
        return detector.lower();
    }

    double upper() {
        return detector.upper();
    }

    void write(StateWriter out) {
        out.int64(lastPointMicros).int64(onsetMicros).int32(openPoints).flag(up);
        out.int8(pointsAbove).int8(pointsBelow).float64(bandAtOnset);
        out.text(kind == null ? null : kind.name());
        detector.write(out);
        severity.write(out);
    }

    void read(StateReader in) {
        lastPointMicros = in.int64();
        onsetMicros = in.int64();
        openPoints = in.int32();
        up = in.flag();
        pointsAbove = in.int8();
        pointsBelow = in.int8();
        bandAtOnset = in.float64();
        String open = in.text();
        kind = open == null ? null : AnomalyKind.valueOf(open);
        detector.read(in);
        severity.read(in);
    }
}
