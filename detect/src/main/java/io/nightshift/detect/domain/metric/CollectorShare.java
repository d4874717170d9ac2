package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Signal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Share of an instance's time that garbage collection takes: above three tenths, little is left for work. */
final class CollectorShare {

    private static final String METRIC = "jvm.gc.duration";
    /** As OpenTelemetry, its translation for Prometheus, Prometheus' own client and Micrometer call it; in seconds. */
    private static final Set<String> METRICS = Set.of(
            METRIC,
            "jvm_gc_duration_seconds",
            "jvm_gc_collection_seconds",
            "jvm_gc_collection_seconds_sum",
            "jvm_gc_pause_seconds",
            "jvm_gc_pause_seconds_sum");

    private static final List<String> COLLECTOR = List.of("jvm.gc.name", "jvm_gc_name", "gc", "action");
    private static final double HIGH = 0.3;
    private static final double LOW = 0.15;
    private static final long WINDOW_MICROS = TimeUnit.SECONDS.toMicros(6);
    private static final long MIN_SPAN_MICROS = TimeUnit.SECONDS.toMicros(3);

    private record Total(long timeMicros, double seconds) {}

    private final EntityRef instance;
    private final Deque<Total> totals = new ArrayDeque<>();
    private final HighWatch watch = new HighWatch(HIGH, LOW);
    /** Null until something was collected. */
    private MetricTrail trail;

    private double seconds;
    private long latestMicros;
    private long everyMicros;

    CollectorShare(EntityRef instance) {
        this.instance = instance;
    }

    static boolean isTold(String name) {
        return METRICS.contains(name);
    }

    /** Collections that ran beside the application cost it no pause and don't count. */
    static boolean counts(Map<String, String> attributes) {
        return COLLECTOR.stream()
                .map(attribute -> attributes.getOrDefault(attribute, ""))
                .noneMatch(name -> name.contains("Cycles") || name.contains("Concurrent"));
    }

    void add(long timeMicros, double moreSeconds) {
        seconds += moreSeconds;
        latestMicros = Math.max(latestMicros, timeMicros);
    }

    /** Time went on for the instance, with or without collections. */
    void judge(long timeMicros, Consumer<Judgement> out) {
        long at = Math.max(timeMicros, latestMicros);
        if (!totals.isEmpty()) {
            if (at <= totals.peekLast().timeMicros()) {
                return;
            }
            everyMicros = at - totals.peekLast().timeMicros();
        }
        totals.addLast(new Total(at, seconds));
        while (totals.size() > 2 && at - totals.peekFirst().timeMicros() > WINDOW_MICROS) {
            totals.removeFirst();
        }
        Total first = totals.peekFirst();
        if (at - first.timeMicros() < MIN_SPAN_MICROS) {
            return;
        }
        double share = Math.min(1, (seconds - first.seconds()) / ((at - first.timeMicros()) / 1e6));
        if (trail == null && (share > 0 || watch.isOpen())) {
            trail = new MetricTrail();
        }
        if (trail != null) {
            trail.add(at, share, 0, HIGH);
        }
        boolean ended = watch.accept(at, share);
        if (ended) {
            out.accept(new Judgement.Normal(slot()));
        } else if (watch.isOpen()) {
            out.accept(finding(share));
        }
    }

    private Finding finding(double share) {
        String who = Finding.nameOf(instance);
        return new Finding(
                slot(),
                instance,
                Signal.METRIC,
                AnomalyKind.SATURATION,
                Direction.UP,
                METRIC,
                Math.max(1, share / HIGH),
                0.001,
                watch.onsetMicros(),
                HighWatch.holdMicros(everyMicros),
                String.format(Locale.ROOT, "%s spends %.0f %% of its time in garbage collection.", who, 100 * share),
                anomaly -> anomaly.setMetric(trail.evidence(METRIC, "1", Map.of("share", "of time"), 1.0)),
                List.of());
    }

    private String slot() {
        return Finding.slot(instance, AnomalyKind.SATURATION, METRIC, "");
    }

    void end(Consumer<Judgement> out) {
        if (watch.isOpen()) {
            out.accept(new Judgement.Normal(slot()));
        }
    }

    void write(StateWriter out) {
        watch.write(out);
    }

    void read(StateReader in) {
        watch.read(in);
    }
}
