package io.nightshift.detect.domain.call;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CallEvidence;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.ExemplarTrace;
import io.nightshift.events.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Rate, errors and duration of one service, one instance, or one edge, judged window by window against its own past. */
final class CallSubject {

    /** Below this many calls a window says nothing about durations. */
    private static final int MIN_CALLS = 5;

    private static final int WARM_UP_WINDOWS = 6;
    private static final int RATE_WARM_UP_WINDOWS = 12;
    private static final int MIN_FAILURES = 3;
    private static final int MAX_PATHS = 2;
    /** A tail probability of one in a million opens an error anomaly: natural logarithm. */
    private static final double ERROR_LOG_TAIL = Math.log(1e-6);

    private static final double LATENCY_FLOOR = 0.15;
    private static final double LATENCY_RISE = Math.log(3);
    private static final double LATENCY_RISE_MILLIS = 50;
    private static final double RATE_FLOOR = 0.12;
    private static final double RATE_CHANGE = Math.log(2);
    private static final double DEVIATIONS = 6;
    /** What lasts too shortly to be an anomaly is said just below the threshold. */
    private static final double BELOW = 0.99;
    /** After half an hour the new state is taken for the usual one. */
    private static final int ADOPT_AFTER_WINDOWS = 360;

    private final EntityRef subject;
    private final long windowMicros;
    private final TraceShelf traces;
    private final TreeMap<Long, CallWindow> windows = new TreeMap<>();
    private final Persistence errors = new Persistence();
    private final Persistence latency = new Persistence();
    private final Persistence rate = new Persistence();
    private final CallTrail trail = new CallTrail();
    private CallHistory history = new CallHistory();
    private DurationSketch minuteDurations = new DurationSketch();
    private int minuteCount;
    private int minuteErrors;
    private CallWindow previous = new CallWindow();
    private CallWindow beforePrevious = new CallWindow();
    private int part = -1;
    private int unusualWindows;
    private long lastCallMicros;

    CallSubject(EntityRef subject, long windowMicros, TraceShelf traces) {
        this.traces = traces;
        this.subject = subject;
        this.windowMicros = windowMicros;
    }

    /** Number of the part of a spread service whose calls these are; -1 when they are all. An instance is in one part. */
    void ofPart(int partition) {
        part = subject.getInstance() == null ? partition : -1;
    }

    EntityRef subject() {
        return subject;
    }

    long lastCallMicros() {
        return lastCallMicros;
    }

    CallWindow window(long start) {
        lastCallMicros = Math.max(lastCallMicros, start);
        return windows.computeIfAbsent(start, s -> new CallWindow());
    }

    /** Closes the window that starts here. A silent sender's window is unknown, not empty. */
    void close(long start, boolean senderAlive, Consumer<Judgement> out) {
        CallWindow window = new CallWindow();
        // Late calls count where time is now: better a window too late than not at all.
        while (!windows.isEmpty() && windows.firstKey() <= start) {
            CallWindow due = windows.pollFirstEntry().getValue();
            window = window.count() == 0 ? due : window.plus(due);
        }
        minuteCount += window.count();
        minuteErrors += window.errors();
        minuteDurations.add(window.durations());
        if (window.count() == 0 && !senderAlive) {
            return;
        }
        trail.start(start + windowMicros);
        judgeErrors(window, start, out);
        judgeLatency(window, start, out);
        judgeRate(window, start, out);
        learn(window);
        beforePrevious = previous;
        previous = window;
    }

    private void judgeErrors(CallWindow window, long start, Consumer<Judgement> out) {
        double usual = Math.max(2 * history.errorRatio(), 0.02);
        double ratio = window.count() == 0 ? Double.NaN : (double) window.errors() / window.count();
        trail.set(CallTrail.ERRORS, ratio, 0, usual);
        if (window.count() == 0 || history.size() < WARM_UP_WINDOWS) {
            return;
        }
        int three = window.errors() + previous.errors() + beforePrevious.errors();
        int threeCalls = window.count() + previous.count() + beforePrevious.count();
        double now = window.errors() >= MIN_FAILURES ? Binomial.logTail(window.errors(), window.count(), usual) : 0;
        double lately = window.errors() > 0 && three >= MIN_FAILURES ? Binomial.logTail(three, threeCalls, usual) : 0;
        double tail = Math.min(now, lately);
        double score = tail / ERROR_LOG_TAIL;
        boolean calm = Binomial.logTail(window.errors(), window.count(), usual) > Math.log(0.05);
        errors.update(score, 1, calm, window.firstFailureMicros(start));
        String sentence = String.format(
                Locale.ROOT,
                "%s: %s of calls fail (usually %s).",
                CallWords.described(subject, part),
                CallWords.percent(ratio),
                CallWords.percent(history.errorsPerCall()));
        emit(errors, AnomalyKind.ERRORS, "errors", Direction.UP, score, Math.exp(tail), sentence, window, out);
    }

    private void judgeLatency(CallWindow window, long start, Consumer<Judgement> out) {
        boolean isWarm = window.warmDurations().count() >= MIN_CALLS;
        if (window.durations().count() < MIN_CALLS || (!isWarm && !latency.open())) {
            return;
        }
        CallHistory.Level level = history.p95Level();
        // A cold process accuses nobody, but one that is fast while cold proves that all is well.
        double millis = (isWarm ? window.warmDurations() : window.durations()).quantileMillis(0.95);
        if (history.judgeable() < WARM_UP_WINDOWS || Double.isNaN(level.median())) {
            trail.set(CallTrail.LATENCY, millis, Double.NaN, Double.NaN);
            return;
        }
        double deviation = Math.max(level.deviation(), LATENCY_FLOOR);
        double rise = Math.log(Math.max(millis, 1e-3)) - level.median();
        double usual = Math.exp(level.median());
        trail.set(
                CallTrail.LATENCY,
                millis,
                usual * Math.exp(-DEVIATIONS * deviation),
                usual * Math.exp(Math.max(DEVIATIONS * deviation, LATENCY_RISE)));
        double score = Math.min(
                Math.min(rise / (DEVIATIONS * deviation), rise / LATENCY_RISE), (millis - usual) / LATENCY_RISE_MILLIS);
        boolean calm = rise < LATENCY_RISE / 2 || millis - usual < LATENCY_RISE_MILLIS / 2;
        latency.update(score, 2, calm, start);
        String sentence = String.format(
                Locale.ROOT,
                "%s: one call in twenty takes longer than %s (usually %s).",
                CallWords.described(subject, part),
                CallWords.duration(millis),
                CallWords.duration(usual));
        emit(
                latency,
                AnomalyKind.LATENCY,
                "duration",
                Direction.UP,
                score,
                Math.exp(-4 * Math.max(score, 0)),
                sentence,
                window,
                out);
    }

    private void judgeRate(CallWindow window, long start, Consumer<Judgement> out) {
        double seconds = windowMicros / 1e6;
        CallHistory.Level level = history.countLevel();
        if (history.size() < RATE_WARM_UP_WINDOWS || level.median() < Math.log(1 + MIN_CALLS)) {
            trail.set(CallTrail.RATE, window.count() / seconds, Double.NaN, Double.NaN);
            return;
        }
        double deviation = Math.max(Math.max(level.deviation(), RATE_FLOOR), 1 / Math.sqrt(Math.exp(level.median())));
        double usual = Math.exp(level.median()) - 1;
        double spread = Math.max(DEVIATIONS * deviation, RATE_CHANGE);
        trail.set(
                CallTrail.RATE,
                window.count() / seconds,
                usual * Math.exp(-spread) / seconds,
                usual * Math.exp(spread) / seconds);
        double change = Math.log(window.count() + 1.0) - level.median();
        double score = Math.abs(change) / spread;
        rate.update(score, 2, score < 0.7, start);
        Direction direction = change > 0 ? Direction.UP : Direction.DOWN;
        String sentence = String.format(
                Locale.ROOT,
                "%s: %.1f calls a second (usually %.1f).",
                CallWords.described(subject, part),
                window.count() / seconds,
                usual / seconds);
        emit(rate, AnomalyKind.RATE, "requests", direction, score, Math.exp(-4 * score), sentence, window, out);
    }

    private void emit(
            Persistence state,
            AnomalyKind kind,
            String name,
            Direction direction,
            double score,
            double tail,
            String sentence,
            CallWindow window,
            Consumer<Judgement> out) {
        String slot = Finding.slot(subject, kind, name, part < 0 ? "" : "part-" + part);
        if (state.ended()) {
            out.accept(new Judgement.Normal(slot));
        } else if (state.open() || state.isNear()) {
            out.accept(new Finding(
                    slot,
                    subject,
                    Signal.TRACE,
                    kind,
                    direction,
                    name,
                    state.open() ? Math.max(score, 0) : Math.min(score, BELOW),
                    tail,
                    state.onsetMicros(),
                    6 * windowMicros,
                    sentence,
                    anomaly -> anomaly.setCalls(evidence(kind, window)),
                    List.of()));
        }
    }

    private CallEvidence evidence(AnomalyKind kind, CallWindow window) {
        double seconds = windowMicros / 1e6;
        int column = CallTrail.column(kind);
        List<Exemplar> exemplars = window.exemplars();
        return CallEvidence.newBuilder()
                .setWindowSeconds((int) seconds)
                .setRateBefore(
                        history.size() == 0 ? 0 : (Math.exp(history.countLevel().median()) - 1) / seconds)
                .setRateNow(window.count() / seconds)
                .setErrorRatioBefore(history.errorsPerCall())
                .setErrorRatioNow(window.count() == 0 ? 0 : (double) window.errors() / window.count())
                .setP50MillisBefore(millis(history.p50Level()))
                .setP50MillisNow(window.durations().quantileMillis(0.5))
                .setP95MillisBefore(millis(history.p95Level()))
                .setP95MillisNow(window.durations().quantileMillis(0.95))
                .setExemplarTraceIds(
                        exemplars.stream().map(Exemplar::traceId).distinct().toList())
                .setExemplars(paths(exemplars))
                .setTimesMicros(trail.times())
                .setValues(trail.values(column))
                .setLower(trail.values(column + 1))
                .setUpper(trail.values(column + 2))
                .build();
    }

    /** The slowest, which stands last, and a failed one. */
    private List<ExemplarTrace> paths(List<Exemplar> exemplars) {
        List<ExemplarTrace> paths = new ArrayList<>(MAX_PATHS);
        for (int i = exemplars.size() - 1; i >= 0 && paths.size() < MAX_PATHS; i--) {
            traces.path(exemplars.get(i)).ifPresent(paths::add);
        }
        return paths;
    }

    /** The baseline learns from usual windows only; a rate that changed is no reason not to learn durations. */
    private void learn(CallWindow window) {
        boolean unusual = errors.suspicious() || latency.suspicious();
        unusualWindows = unusual ? unusualWindows + 1 : 0;
        if (unusual && unusualWindows < ADOPT_AFTER_WINDOWS) {
            return;
        }
        boolean judgeable = window.warmDurations().count() >= MIN_CALLS;
        history.add(
                window.count(),
                window.errors(),
                judgeable ? window.warmDurations().quantileMillis(0.5) : 0,
                judgeable ? window.warmDurations().quantileMillis(0.95) : 0);
    }

    /** What was counted since the last call of this method. */
    MinuteCalls takeMinute() {
        MinuteCalls taken = new MinuteCalls(subject, minuteCount, minuteErrors, minuteDurations);
        minuteCount = 0;
        minuteErrors = 0;
        minuteDurations = new DurationSketch();
        return taken;
    }

    void write(StateWriter out) {
        out.text(subject.getInstance()).text(subject.getPeer()).int64(lastCallMicros);
        history.write(out);
    }

    static CallSubject read(StateReader in, EntityRef service, long windowMicros, TraceShelf traces) {
        EntityRef subject = EntityRef.newBuilder(service)
                .setInstance(in.text())
                .setPeer(in.text())
                .build();
        CallSubject read = new CallSubject(subject, windowMicros, traces);
        read.lastCallMicros = in.int64();
        read.history = CallHistory.read(in);
        return read;
    }

    private static double millis(CallHistory.Level level) {
        return Double.isNaN(level.median()) ? 0 : Math.exp(level.median());
    }
}
