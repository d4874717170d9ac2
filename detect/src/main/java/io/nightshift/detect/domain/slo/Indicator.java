package io.nightshift.detect.domain.slo;

/** What is counted: which events there are, and which of them are bad (OpenSLO v1, "SLI"). */
public sealed interface Indicator {

    /** The telemetry that tells how many events there are. */
    EventSource total();

    /**
     * Good or bad events among all.
     *
     * @param partIsBad whether {@code part} counts the bad ones
     */
    record Ratio(EventSource part, boolean partIsBad, EventSource total) implements Indicator {}

    /** A gauge that already is a share, 0 to 1: each point is one event, good or bad to that share. */
    record Share(EventSource.Metric total, boolean isOfGood) implements Indicator {}

    /** Each point of a metric, each observation of a histogram or each span's duration (seconds) is good when it compares. */
    record Threshold(EventSource total, Comparison comparison, double value) implements Indicator {}

    /** How a value compares with an objective's. */
    enum Comparison {
        LTE,
        LT,
        GTE,
        GT;

        public boolean holds(double value, double than) {
            return switch (this) {
                case LTE -> value <= than;
                case LT -> value < than;
                case GTE -> value >= than;
                case GT -> value > than;
            };
        }
    }
}
