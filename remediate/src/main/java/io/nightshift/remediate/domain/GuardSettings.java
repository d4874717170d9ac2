package io.nightshift.remediate.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Limits of the guards.
 *
 * @param freshness greatest age of an investigation that is acted on
 * @param confidenceToAct least confidence, 0 to 1, to act without asking
 * @param confidenceToAsk least confidence, 0 to 1, to bother a person with
 * @param maxInstances most instances that one plan may act on
 * @param perTargetPerDay how often an action may run on a target in 24 hours
 * @param perServiceInFlight actions in flight on one service
 * @param perDomainInFlight actions in flight in one failure domain
 * @param perEnvironmentInFlight actions in flight in one environment
 * @param perEnvironmentPerHour actions admitted in one environment in an hour
 * @param wideOutageShare share of the fleet, 0 to 1, that may be unhealthy beyond the incident's own chain
 * @param freezes times in which nothing is done
 * @param foundations what Nightshift stands on and never acts on: inventory ids, or host:port at which a service is called
 */
public record GuardSettings(
        Duration freshness,
        double confidenceToAct,
        double confidenceToAsk,
        int maxInstances,
        int perTargetPerDay,
        int perServiceInFlight,
        int perDomainInFlight,
        int perEnvironmentInFlight,
        int perEnvironmentPerHour,
        double wideOutageShare,
        List<Freeze> freezes,
        Set<String> foundations) {

    public GuardSettings {
        freezes = List.copyOf(freezes);
        foundations = Set.copyOf(foundations);
    }

    public static GuardSettings defaults() {
        return new GuardSettings(Duration.ofMinutes(10), 0.6, 0.15, 10, 2, 1, 1, 3, 10, 0.3, List.of(), Set.of());
    }

    /** These limits, and these foundations besides those that they name. */
    public GuardSettings standingOn(Set<String> further) {
        Set<String> all = new HashSet<>(foundations);
        all.addAll(further);
        return new GuardSettings(
                freshness,
                confidenceToAct,
                confidenceToAsk,
                maxInstances,
                perTargetPerDay,
                perServiceInFlight,
                perDomainInFlight,
                perEnvironmentInFlight,
                perEnvironmentPerHour,
                wideOutageShare,
                freezes,
                all);
    }

    /** From (inclusive) until (exclusive), and why. */
    public record Freeze(Instant from, Instant until, String reason) {

        public boolean covers(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }
}
