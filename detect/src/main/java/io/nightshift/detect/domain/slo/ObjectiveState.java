package io.nightshift.detect.domain.slo;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.Signal;
import io.nightshift.events.SloEvidence;
import io.nightshift.events.Span;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What is known about one objective: its budget and its alerts. */
final class ObjectiveState {

    /** A minute of looks; a restart in between is no reason to end an alert. */
    private static final long HOLD_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final Objective objective;
    private final EventCounter counter;
    private final ErrorBudget budget;
    private final SliceCounter slice;
    private final List<BurnWatch> watches;

    ObjectiveState(Objective objective, Growth growth) {
        this.objective = objective;
        counter = new EventCounter(objective, growth);
        budget = new ErrorBudget(objective);
        slice = objective.budgeting().isSliced() ? new SliceCounter(objective.budgeting()) : null;
        watches = List.of(
                new BurnWatch(BurnRule.Alert.PAGE, objective.budgeting()),
                new BurnWatch(BurnRule.Alert.TICKET, objective.budgeting()));
    }

    Objective objective() {
        return objective;
    }

    EventCounter counter() {
        return counter;
    }

    boolean hasEvents() {
        return budget.hasEvents();
    }

    void span(Span span) {
        counter.span(span, this::count);
    }

    void point(CountedSeries series, CountedSeries.Point point) {
        counter.point(series, point, this::count);
    }

    private void count(long micros, double bad, double total) {
        if (slice == null) {
            budget.add(micros, bad, total);
        } else {
            slice.add(micros, bad, total);
        }
    }

    /** Moves time on without a look: buckets end in time. */
    void time(long nowMicros) {
        budget.time(nowMicros);
        if (slice != null) {
            slice.time(nowMicros, budget);
        }
    }

    /** Says what burns; returns whether an alert opened or ended. */
    boolean look(Consumer<Judgement> out) {
        boolean changed = false;
        for (BurnWatch watch : watches) {
            boolean wasOpen = watch.isOpen();
            watch.look(budget).ifPresent(burn -> out.accept(finding(watch, burn)));
            if (wasOpen && !watch.isOpen()) {
                out.accept(new Judgement.Normal(slot(watch)));
            }
            changed |= wasOpen != watch.isOpen();
        }
        return changed;
    }

    private Finding finding(BurnWatch watch, BurnWatch.Burn burn) {
        double remaining = budget.remaining();
        return new Finding(
                slot(watch),
                objective.service().entity(),
                Signal.SLO,
                AnomalyKind.BURN_RATE,
                Direction.UP,
                objective.name(),
                watch.alert().severity()
                        * Math.max(1, Math.min(burn.excess(), watch.alert().ceiling())),
                tail(burn),
                watch.onsetMicros(),
                HOLD_MICROS,
                BurnWords.sentence(objective, burn, remaining),
                anomaly -> anomaly.setSlo(evidence(burn, remaining)),
                List.of());
    }

    private SloEvidence evidence(BurnWatch.Burn burn, double remaining) {
        return SloEvidence.newBuilder()
                .setObjective(objective.name())
                .setTarget(objective.target())
                .setBurnRateLong(burn.longRate())
                .setBurnRateShort(burn.shortRate())
                .setLongWindowSeconds(burn.rule().longMicros(objective.periodMicros()) / 1_000_000)
                .setShortWindowSeconds(burn.rule().shortMicros(objective.periodMicros()) / 1_000_000)
                .setBudgetRemaining(remaining)
                .build();
    }

    /**
     * Probability of at least so many bad events if the objective were just met: Chernoff's bound of the binomial tail
     * (Hoeffding 1963, theorem 1).
     */
    private double tail(BurnWatch.Burn burn) {
        double p = objective.budget();
        double share = Math.min(burn.events().badShare(), 1 - 1e-12);
        double divergence =
                share <= p ? 0 : share * Math.log(share / p) + (1 - share) * Math.log((1 - share) / (1 - p));
        return Math.exp(-burn.events().total() * divergence);
    }

    private String slot(BurnWatch watch) {
        return Finding.slot(
                objective.service().entity(),
                AnomalyKind.BURN_RATE,
                objective.name(),
                watch.alert().name().toLowerCase(Locale.ROOT));
    }

    void write(StateWriter out) {
        budget.write(out);
        if (slice != null) {
            slice.write(out);
        }
        watches.forEach(watch -> watch.write(out));
    }

    void read(StateReader in) {
        budget.read(in);
        if (slice != null) {
            slice.read(in);
        }
        watches.forEach(watch -> watch.read(in));
    }
}
