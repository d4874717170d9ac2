package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.rollup.Coverage;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Turns the scores of a series into a finding with a beginning and an end. Points of fast series are averaged over five
 * seconds first: what one second does is noise to a person, and a series judged each minute is judged point by point.
 *
 * <p>There may be a million of them, each of which costs every byte of its fields: what only some need for some time is in
 * objects of their own, and what its instance knows too is handed in.
 */
class SeriesJudge {

    private static final long BASE_MICROS = TimeUnit.SECONDS.toMicros(5);
    private static final long MILLI = 1_000;
    /** A series that said nothing for so long, and for three of its intervals, is held to have ended. */
    static final long GONE_MICROS = TimeUnit.MINUTES.toMicros(15);

    private final SeriesNature nature;
    private final SeriesDetector detector = new SeriesDetector();
    /** Null while the last point was judged when it came. */
    private Between between;
    /** Null while all is usual. */
    private OpenAnomaly open;

    private long lastMicros;
    private int everyMillis = (int) (BASE_MICROS / MILLI);

    SeriesJudge(SeriesNature nature) {
        this.nature = nature;
    }

    SeriesNature nature() {
        return nature;
    }

    /**
     * Takes a finite value at a time later than that of the point before.
     *
     * @param number of the series among its owner's, from 0
     */
    void accept(Owner owner, int number, long timeMicros, double value, Consumer<Judgement> out) {
        long before = lastMicros;
        lastMicros = timeMicros;
        if (between == null && isSlow(before, timeMicros)) {
            point(owner, number, before, timeMicros, value, out);
            return;
        }
        Between now = between(before);
        long bucket = timeMicros / BASE_MICROS;
        if (!now.isOf(bucket)) {
            long end = (now.bucket() + 1) * BASE_MICROS;
            point(owner, number, now.judgedMicros(), end, now.mean(), out);
            now.judged(end);
            now.empty();
        }
        boolean isSlow = now.isEmpty() && isSlow(now.arrivalMicros(), timeMicros);
        now.arrived(timeMicros);
        if (!isSlow) {
            now.add(bucket, value);
            return;
        }
        point(owner, number, now.judgedMicros(), timeMicros, value, out);
        now.judged(timeMicros);
        between = now.isNeedless(lastMicros) ? null : now;
    }

    /** A slow series has nothing to average: its point is judged now and not when the next one comes. */
    private static boolean isSlow(long beforeMicros, long timeMicros) {
        return beforeMicros != 0 && timeMicros - beforeMicros >= 2 * BASE_MICROS;
    }

    /** A point came of which no value could be made. */
    void pass(long timeMicros) {
        between(lastMicros);
        lastMicros = timeMicros;
    }

    private Between between(long beforeMicros) {
        if (between == null) {
            between = new Between(beforeMicros);
        }
        return between;
    }

    private void point(Owner owner, int number, long before, long timeMicros, double value, Consumer<Judgement> out) {
        long usualMicros = everyMicros();
        int missed = missed(before, timeMicros);
        long distance = before == 0 ? BASE_MICROS : Math.max(BASE_MICROS, timeMicros - before);
        everyMillis = (int) Math.min(Integer.MAX_VALUE, (distance + MILLI - 1) / MILLI);
        double score = detector.accept(timeMicros, value);
        detector.severity = (float) Severity.of(detector);
        if (open != null) {
            goOn(owner, timeMicros, value, out);
        } else if (score >= SeriesDetector.NEAR) {
            OpenAnomaly begun = OpenAnomaly.begin(detector, timeMicros, value, everyMicros());
            long apart = missed > 0 ? usualMicros : everyMicros();
            owner.recent()
                    .before(number, missed, (ago, x) -> showBefore(begun.trail(), timeMicros - ago * apart, ago, x));
            begun.trail().add(timeMicros, value, detector.lower(), detector.upper());
            say(begun, owner, value, detector.alarm() ? detector.rawScore() : score, timeMicros, out);
            open = detector.alarm() ? begun : null;
        }
        owner.recent().add(number, detector.x, missed);
    }

    private void goOn(Owner owner, long timeMicros, double value, Consumer<Judgement> out) {
        open.trail().add(timeMicros, value, detector.lower(), detector.upper());
        if (open.goOn(detector, value)) {
            end(owner, out);
            return;
        }
        AnomalyKind settled = open.settled(detector);
        if (settled != open.kind()) {
            out.accept(new Judgement.Normal(open.slot(owner.instance(), nature)));
            open.become(settled);
        }
        say(open, owner, value, Math.max(1, detector.rawScore()), timeMicros, out);
    }

    /** Points that the last distance lets one miss since then; negative when points come much closer now. */
    private int missed(long before, long timeMicros) {
        return before == 0
                ? 0
                : (int) Math.min(RecentPoints.LENGTH, Math.round((double) (timeMicros - before) / everyMicros()) - 1);
    }

    /** A point before the first one of an anomaly, with the band in which it would be expected now. */
    private void showBefore(MetricTrail trail, long timeMicros, int ago, float x) {
        int hour = HourBins.index(timeMicros);
        boolean knew = detector.n - ago > SeriesMemory.WARM_UP;
        double lower = knew ? detector.lower(hour) : Double.NaN;
        double upper = knew ? detector.upper(hour) : Double.NaN;
        trail.add(timeMicros, detector.origin + x, lower, upper);
    }

    private void say(
            OpenAnomaly one, Owner owner, double value, double severity, long timeMicros, Consumer<Judgement> out) {
        out.accept(one.finding(owner.instance(), nature, detector, value, severity, timeMicros, everyMicros()));
    }

    void end(Owner owner, Consumer<Judgement> out) {
        if (open != null) {
            out.accept(new Judgement.Normal(open.slot(owner.instance(), nature)));
            open = null;
        }
    }

    /** Adds a value to those of the minute, of which there were some before. */
    void addToMinute(double before, double value) {
        Between now = between(lastMicros);
        if (now.minute() == null) {
            now.minute(new MinuteOfPoints());
        }
        if (now.minute().count() == 0) {
            now.minute().add(before);
        }
        now.minute().add(value);
    }

    /** The minute's points when there were several; otherwise null. */
    MinuteOfPoints minuteOfMany() {
        return between == null || between.minute() == null || between.minute().count() == 0 ? null : between.minute();
    }

    /** A new minute: what the last one needed is kept for a series that will need it again. */
    void beginMinute() {
        if (between == null) {
            return;
        }
        MinuteOfPoints minute = between.minute();
        if (minute != null && minute.count() > 1) {
            minute.clear();
            return;
        }
        between.minute(null);
        between = between.isNeedless(lastMicros) ? null : between;
    }

    private long everyMicros() {
        return everyMillis * MILLI;
    }

    /** Time of the last point, microseconds since the epoch; 0 when there was none. */
    long lastMicros() {
        return lastMicros;
    }

    private long judgedMicros() {
        return between == null ? lastMicros : between.judgedMicros();
    }

    /** How unusual the last point was, in multiples of what is usual. */
    double severity() {
        return detector.severity;
    }

    /** The same, 0 once the series has fallen behind this time. */
    double severity(long nowMicros) {
        return nowMicros - judgedMicros() > 3 * everyMicros() ? 0 : detector.severity;
    }

    /** Adds this series to those that are covered, unless it was not heard of for long. */
    Coverage cover(Coverage others, long nowMicros) {
        if (lastMicros == 0 || nowMicros - lastMicros > Math.max(GONE_MICROS, 3 * everyMicros())) {
            return others;
        }
        int missing = detector.missingPoints();
        return missing > 0
                ? others.silent(missing, everyMicros())
                : others.judged(detector.isYoung(nowMicros), detector.seasonal());
    }

    double lower() {
        return detector.lower();
    }

    double upper() {
        return detector.upper();
    }

    void write(StateWriter out) {
        out.int64(judgedMicros());
        OpenAnomaly.write(open, out);
        detector.write(out);
    }

    void read(StateReader in, long lastPointMicros) {
        lastMicros = lastPointMicros;
        long judged = in.int64();
        between = judged == lastMicros ? null : new Between(judged);
        open = OpenAnomaly.read(in);
        detector.read(in);
    }
}
