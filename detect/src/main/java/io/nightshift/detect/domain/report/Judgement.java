package io.nightshift.detect.domain.report;

import io.nightshift.detect.domain.feedback.Feedback;

/** What reaches {@link Reporter}: something unusual, something that is usual again, or that time went on. */
public sealed interface Judgement permits Finding, Judgement.Normal, Judgement.Time, Judgement.Said {

    /**
     * The finding of this slot is over.
     *
     * @param sentence why, when it is not that all is usual again; else null
     */
    record Normal(String slot, String sentence) implements Judgement {

        /** The detector has seen enough of the usual. */
        public Normal(String slot) {
            this(slot, null);
        }
    }

    /** A person said something about an anomaly; the signature was verified. */
    record Said(Feedback feedback) implements Judgement {}

    /** Telemetry time has reached this point, microseconds since the epoch. */
    record Time(long nowMicros) implements Judgement {}
}
