package io.nightshift.detect.domain.slo;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.Optional;

/**
 * One alert of an objective: opens when a rule's rate is reached in its long and in its short window, ends when for every
 * rule one of the two has fallen clearly below.
 */
final class BurnWatch {

    /** A rate that was reached must fall to this share of itself: it would flap around its threshold otherwise. */
    private static final double HYSTERESIS = 0.9;
    /**
     * Fewer bad events say nothing about a rate: of ten requests an hour one failure is 10 %. (SRE Workbook, chapter 5,
     * "Low-Traffic Services and Error Budget Alerting".)
     */
    private static final double MIN_BAD_EVENTS = 5;
    /** A slice of time sums many events up already. */
    private static final double MIN_BAD_SLICES = 2;

    /** How an objective burns when an alert holds. */
    record Burn(BurnRule rule, double longRate, double shortRate, EventRing.Sum events) {
        /** How far beyond the rate, 1 just there. */
        double excess() {
            return Math.min(longRate, shortRate) / rule.rate();
        }
    }

    private final BurnRule.Alert alert;
    private final double minBad;
    private boolean open;
    private long onsetMicros;

    BurnWatch(BurnRule.Alert alert, Budgeting budgeting) {
        this.alert = alert;
        this.minBad = budgeting.isSliced() ? MIN_BAD_SLICES : MIN_BAD_EVENTS;
    }

    BurnRule.Alert alert() {
        return alert;
    }

    boolean isOpen() {
        return open;
    }

    long onsetMicros() {
        return onsetMicros;
    }

    /** The burn that is worst among the rules while the alert holds. */
    Optional<Burn> look(ErrorBudget budget) {
        Burn worst = null;
        for (BurnRule rule : alert.rules()) {
            Burn burn = new Burn(rule, budget.longBurn(rule), budget.shortBurn(rule), budget.inLongWindow(rule));
            boolean holds =
                    burn.excess() >= (open ? HYSTERESIS : 1) && burn.events().bad() >= minBad;
            if (holds && (worst == null || burn.excess() > worst.excess())) {
                worst = burn;
            }
        }
        if (worst != null && !open) {
            onsetMicros = budget.burningSince(worst.rule());
        }
        open = worst != null;
        return Optional.ofNullable(worst);
    }

    void write(StateWriter out) {
        out.flag(open).int64(onsetMicros);
    }

    void read(StateReader in) {
        open = in.flag();
        onsetMicros = in.int64();
    }
}
