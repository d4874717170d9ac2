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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Judges the series of one instance together: says so when several are unusual at once although none of them alone is an
 * anomaly. What is judged is the severity that five series at least reached, so that one wild series says nothing here, and
 * it is expressed in deviations of that instance's own past. A young instance must be far more unusual, and each alarm makes
 * the next one harder for a while.
 */
final class ServiceSeverityJudge {

    static final String METRIC = "service.severity";

    /** Series that must be unusual together. */
    private static final int TOGETHER = 5;
    /** With fewer there is nothing to judge together. */
    private static final int LEAST_SERIES = 8;

    private static final int WARM_UP = 300;
    private static final double MEMORY = 10_000;
    private static final double DEVIATIONS = 6;
    private static final double LEAST_SEVERITY = 4;
    private static final double YOUTH = 4;
    private static final double DAY_MICROS = 86_400e6;
    private static final double HABITUATION = 0.5;
    private static final double HABITUATION_MEMORY = 6_000;
    private static final int CALM_LOOKS = 3;
    private static final int MAX_OPEN_LOOKS = 120;
    private static final int NAMED = 3;
    private static final long LOOK_MICROS = TimeUnit.SECONDS.toMicros(5);

    private final EntityRef instance;
    private final ServiceSeverity pool = new ServiceSeverity();
    private final RecentPoints recent = new RecentPoints();
    /** Null while all is usual. */
    private MetricTrail trail;

    private long firstMicros;
    private long lastMicros;
    private long everyMicros = LOOK_MICROS;
    private int looks;
    private float mean;
    private float variance;
    private float habit;
    private boolean open;
    private int calm;
    private int openLooks;
    private long onsetMicros;

    ServiceSeverityJudge(EntityRef instance) {
        this.instance = instance;
    }

    /**
     * Looks at all series, at most once in five seconds.
     *
     * @param severities of the series by number, 0 for those that have nothing new to say
     * @param quiet whether hardly a series alone is an anomaly: otherwise people know already
     */
    void look(
            long nowMicros,
            int series,
            IntToDoubleFunction severities,
            IntFunction<String> names,
            boolean quiet,
            Consumer<Judgement> out) {
        if (nowMicros - lastMicros < LOOK_MICROS || series < LEAST_SERIES) {
            return;
        }
        int missed = lastMicros == 0 ? 0 : missed(nowMicros);
        long usualMicros = everyMicros;
        everyMicros = lastMicros == 0 ? LOOK_MICROS : nowMicros - lastMicros;
        firstMicros = firstMicros == 0 ? nowMicros : firstMicros;
        lastMicros = nowMicros;
        for (int i = 0; i < series; i++) {
            pool.accept(i, severities.applyAsDouble(i));
        }
        pool.look();
        double together = pool.reachedBy(TOGETHER);
        double bound = bound();
        if (trail != null) {
            trail.add(nowMicros, together, 0, bound);
        }
        habit -= (float) (habit / HABITUATION_MEMORY);
        if (open) {
            goOn(together, bound, names, out);
        } else if (quiet && looks >= WARM_UP && together >= bound) {
            begin(together, bound, missed, missed > 0 ? usualMicros : everyMicros);
            out.accept(finding(together, bound, names));
        }
        recent.add(0, (float) together, missed);
        learn(together);
    }

    private void begin(double together, double bound, int missed, long apartMicros) {
        open = true;
        onsetMicros = lastMicros - everyMicros;
        calm = 0;
        openLooks = 0;
        habit += (float) HABITUATION;
        trail = new MetricTrail();
        recent.before(0, missed, (ago, value) -> trail.add(lastMicros - ago * apartMicros, value, 0, bound));
        trail.add(lastMicros, together, 0, bound);
    }

    /** Looks that the last distance lets one miss since then; negative when they come much closer now. */
    private int missed(long nowMicros) {
        long distances = Math.round((double) (nowMicros - lastMicros) / everyMicros);
        return (int) Math.min(RecentPoints.LENGTH, distances - 1);
    }

    private void goOn(double together, double bound, IntFunction<String> names, Consumer<Judgement> out) {
        openLooks++;
        calm = together < bound / 2 ? calm + 1 : 0;
        if (calm >= CALM_LOOKS || openLooks >= MAX_OPEN_LOOKS) {
            end(out);
        } else if (calm == 0) {
            out.accept(finding(together, bound, names));
        }
    }

    /** The severity from which it is an anomaly. */
    private double bound() {
        double youth = Math.max(0, 1 - (lastMicros - firstMicros) / DAY_MICROS);
        double deviations = DEVIATIONS * (1 + habit) * (1 + YOUTH * youth);
        return Math.max(LEAST_SEVERITY * (1 + YOUTH * youth), mean + deviations * Math.sqrt(variance));
    }

    private void learn(double together) {
        looks++;
        double weight = Math.max(1.0 / looks, 1 / MEMORY);
        double off = together - mean;
        mean += (float) (weight * off);
        variance = (float) ((1 - weight) * (variance + weight * off * off));
    }

    void end(Consumer<Judgement> out) {
        if (open) {
            out.accept(new Judgement.Normal(slot()));
            open = false;
            trail = null;
        }
    }

    private Finding finding(double together, double bound, IntFunction<String> names) {
        String who = Finding.nameOf(instance);
        MetricTrail shown = trail; // a record may be written when this is over
        return new Finding(
                slot(),
                instance,
                Signal.METRIC,
                AnomalyKind.LEVEL_SHIFT,
                Direction.UP,
                METRIC,
                Math.max(1, together / bound),
                1.0 / Math.max(WARM_UP, Math.min(looks, (int) MEMORY)),
                onsetMicros,
                Math.max(TimeUnit.SECONDS.toMicros(15), 3 * everyMicros),
                String.format(
                        Locale.ROOT,
                        "%s: %d metrics are unusual together, each at least %.1f times as much as usual, most of all %s.",
                        who,
                        pool.reaching(together),
                        together,
                        mostUnusual(names)),
                anomaly -> anomaly.setMetric(shown.evidence(METRIC, "1", Map.of(), null)),
                List.of());
    }

    private String mostUnusual(IntFunction<String> names) {
        return IntStream.range(0, pool.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -pool.held(i)))
                .map(names::apply)
                .distinct()
                .limit(NAMED)
                .map(name -> Bounded.text(name, 80))
                .collect(Collectors.joining(", "));
    }

    private String slot() {
        return Finding.slot(instance, AnomalyKind.LEVEL_SHIFT, METRIC, "");
    }

    void write(StateWriter out) {
        out.int64(firstMicros).int64(lastMicros).int64(onsetMicros).int32(looks).int32(openLooks);
        out.float32(mean).float32(variance).float32(habit).flag(open);
    }

    void read(StateReader in) {
        firstMicros = in.int64();
        lastMicros = in.int64();
        onsetMicros = in.int64();
        looks = in.int32();
        openLooks = in.int32();
        mean = in.float32();
        variance = in.float32();
        habit = in.float32();
        open = in.flag();
        trail = open ? new MetricTrail() : null;
    }
}
