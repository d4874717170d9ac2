package io.nightshift.detect.domain.slo;

import io.nightshift.schemas.ServiceKey;

/**
 * An objective as it was declared.
 *
 * @param name name of the SLO, with the objective's place when it has several; unique among all
 * @param title what people call it
 * @param service whose objective it is
 * @param source whose telemetry it is measured on, mostly the same
 * @param indicator what is counted
 * @param target share of good events, above 0 and below 1
 * @param period over which the budget is given
 * @param budgeting what the budget is counted in
 * @param where file and line of its declaration
 */
public record Objective(
        String name,
        String title,
        ServiceKey service,
        ServiceKey source,
        Indicator indicator,
        double target,
        Period period,
        Budgeting budgeting,
        String where) {

    /** Share of events that may be bad. */
    public double budget() {
        return 1 - target;
    }

    public long periodMicros() {
        return period.length().toSeconds() * 1_000_000;
    }

    /** Tells one definition from another: counts made under one mean nothing under the other. */
    public int fingerprint() {
        return (source + "|" + indicator + "|" + period + "|" + budgeting).hashCode();
    }
}
