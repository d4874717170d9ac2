package io.nightshift.detect.domain.report;

/** What reaches {@link Reporter}: something unusual, something that is usual again, or that time went on. */
public sealed interface Judgement permits Finding, Judgement.Normal, Judgement.Time {

    /** The detector has seen enough of the usual to end the finding of this slot. */
    record Normal(String slot) implements Judgement {}

    /** Telemetry time has reached this point, microseconds since the epoch. */
    record Time(long nowMicros) implements Judgement {}
}
