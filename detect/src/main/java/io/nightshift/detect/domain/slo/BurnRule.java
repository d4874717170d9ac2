package io.nightshift.detect.domain.slo;

import java.util.List;

/**
 * Burn rates that alert, and the windows in which they must hold: Google's SRE Workbook, chapter 5, "Multiwindow,
 * Multi-Burn-Rate Alerts", table 5-8. The table is for 30 days; for another period the windows are longer or shorter in
 * proportion, so that an alert always means the same share of the budget: 2 %, 5 % and 10 %.
 *
 * @param rate burn rate: 1 uses up exactly the budget by the end of the period
 * @param longUnits long window, in units of a 43,200th of the period: a minute for 30 days
 * @param shortUnits short window, a twelfth of the long one: whether it still burns
 */
public record BurnRule(double rate, int longUnits, int shortUnits) {

    static final int UNITS = 43_200;

    /** 2 % of the budget within an hour of 30 days. */
    public static final BurnRule FAST = new BurnRule(14.4, 60, 5);
    /** 5 % within six hours. */
    public static final BurnRule MEDIUM = new BurnRule(6, 360, 30);
    /** 10 % within three days. */
    public static final BurnRule SLOW = new BurnRule(1, 4_320, 360);

    /** Whom an alert is for. */
    public enum Alert {
        /** Somebody is woken. */
        PAGE(2, 10, List.of(FAST, MEDIUM)),
        /** Somebody looks at it in working hours. */
        TICKET(1, 1.9, List.of(SLOW));

        private final double severity;
        private final double ceiling;
        private final List<BurnRule> rules;

        Alert(double severity, double ceiling, List<BurnRule> rules) {
            this.severity = severity;
            this.ceiling = ceiling;
            this.rules = rules;
        }

        /** Severity of an alert whose rate is just reached. */
        public double severity() {
            return severity;
        }

        /** So many times that severity at most: a ticket never grows into a page, it has one of its own. */
        double ceiling() {
            return ceiling;
        }

        public List<BurnRule> rules() {
            return rules;
        }
    }

    /** Long window, microseconds. */
    public long longMicros(long periodMicros) {
        return longUnits * (periodMicros / UNITS);
    }

    /** Short window, microseconds. */
    public long shortMicros(long periodMicros) {
        return shortUnits * (periodMicros / UNITS);
    }

    /** Share of the period's budget that is gone when the long window has just burnt at the rate. */
    public double budgetShare() {
        return rate * longUnits / UNITS;
    }
}
