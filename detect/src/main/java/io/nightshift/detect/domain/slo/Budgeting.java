package io.nightshift.detect.domain.slo;

/**
 * What the budget is counted in (OpenSLO v1, "budgetingMethod").
 *
 * @param method events, slices of time that are good or bad, or slices that are good to their share
 * @param sliceMicros length of a slice, microseconds; 0 without slices
 * @param sliceTarget share of good events from which a slice is good, 0 to 1
 */
public record Budgeting(Method method, long sliceMicros, double sliceTarget) {

    public enum Method {
        OCCURRENCES,
        TIMESLICES,
        RATIO_TIMESLICES
    }

    public static Budgeting occurrences() {
        return new Budgeting(Method.OCCURRENCES, 0, 0);
    }

    public boolean isSliced() {
        return method != Method.OCCURRENCES;
    }
}
