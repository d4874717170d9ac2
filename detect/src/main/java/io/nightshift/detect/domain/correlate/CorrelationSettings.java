package io.nightshift.detect.domain.correlate;

import java.time.Duration;

/**
 * How anomalies become incidents.
 *
 * @param hops anomalies of services so many calls apart may belong together
 * @param onsetGap greatest distance of an anomaly's onset from those of the incident it joins
 * @param settle how long an anomaly waits for its neighbours before it opens an incident
 * @param blip harm that is over sooner than this wakes nobody, unless a saturated resource supports it
 * @param updateEvery least time between two records of one incident
 * @param quiet an incident ends when all that matters in it has been over for so long
 * @param pendingFor how long a hint waits for an incident to join
 * @param maxMembers members beyond this are counted and not kept
 */
public record CorrelationSettings(
        int hops,
        Duration onsetGap,
        Duration settle,
        Duration blip,
        Duration updateEvery,
        Duration quiet,
        Duration pendingFor,
        int maxMembers) {

    public static CorrelationSettings defaults() {
        return new CorrelationSettings(
                2,
                Duration.ofMinutes(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                10_000);
    }
}
