package io.nightshift.investigate.domain;

import io.nightshift.events.CauseClass;
import io.nightshift.events.ChangeEvent;
import io.nightshift.investigate.domain.measure.SignKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which class of cause fits a suspect's evidence: the evidence of each class over that of all. */
final class CauseFit {

    /** Evidence that a release just before the onset is worth. */
    static final double RELEASE = 0.6;

    /** What of it remains when the service shows how it fails by itself, such as memory or a pool that fills. */
    private static final double RELEASE_BESIDE_EXHAUSTION = 0.2;

    /** Evidence of something used up that counts as that. */
    private static final double EXHAUSTION = 0.1;

    private static final double CONFIGURATION = 0.5;

    /** What of "this service just fails" remains when it shows why. */
    private static final double UNEXPLAINED = 0.15;

    /** Some doubt always remains. */
    private static final double UNKNOWN = 0.1;

    /** A reason explains more suffering than its own evidence weighs. */
    private static final double TELLING = 2;

    private CauseFit() {}

    /**
     * Shares of the classes, summing to 1.
     *
     * @param usersSuffer whether any request failed or was slow; without that, silence may be a gap in telemetry
     */
    static Map<CauseClass, Double> of(Suspect suspect, List<ChangeEvent> changes, Instant onset, boolean usersSuffer) {
        double memory = suspect.part(SignKind.MEMORY) + suspect.part(SignKind.GC);
        boolean starved = memory > 0;
        double release = releaseWorth(suspect, changes, onset);
        double configuration = configurationWorth(suspect, changes, onset);
        Map<CauseClass, Double> worth = new EnumMap<>(CauseClass.class);
        // Collecting garbage burns the processor and running out of memory ends processes: both then speak for the
        // leak.
        worth.put(
                CauseClass.MEMORY_LEAK,
                starved
                        ? memory
                                + suspect.part(SignKind.CPU) / 2
                                + suspect.part(SignKind.CRASH)
                                + suspect.part(SignKind.RESTART)
                        : 0);
        worth.put(CauseClass.CPU_SATURATION, suspect.part(SignKind.CPU) * (starved ? 0.2 : 1));
        worth.put(CauseClass.PROCESS_CRASH, starved || !usersSuffer ? 0 : suspect.part(SignKind.CRASH));
        worth.put(CauseClass.DISK_FILLING, suspect.part(SignKind.DISK));
        worth.put(CauseClass.CONNECTION_POOL_EXHAUSTION, suspect.part(SignKind.POOL));
        worth.put(CauseClass.QUEUE_BACKLOG, suspect.part(SignKind.QUEUE));
        worth.put(CauseClass.CERTIFICATE_EXPIRY, suspect.part(SignKind.CERTIFICATE));
        worth.put(CauseClass.CACHE_STAMPEDE, suspect.part(SignKind.CACHE));
        worth.put(CauseClass.NOISY_NEIGHBOUR, suspect.part(SignKind.CONTENTION));
        worth.put(CauseClass.NETWORK_FAULT, suspect.part(SignKind.GAP));
        worth.put(CauseClass.BAD_RELEASE, release * (starved || isExhausted(suspect) ? RELEASE_BESIDE_EXHAUSTION : 1));
        worth.put(CauseClass.CONFIGURATION_CHANGE, configuration);
        worth.put(CauseClass.DEPENDENCY_FAILURE, dependencyWorth(suspect, release + configuration));
        worth.put(CauseClass.UNKNOWN, UNKNOWN);
        double sum = worth.values().stream().mapToDouble(Double::doubleValue).sum();
        worth.replaceAll((cause, value) -> value / sum);
        worth.values().removeIf(value -> value == 0);
        return worth;
    }

    /** A service that others depend on fails or is slow, and shows no reason of its own: the less so, the more it shows. */
    private static double dependencyWorth(Suspect suspect, double changed) {
        if (suspect.origin() == 0) {
            return 0;
        }
        double symptoms = suspect.origin() + suspect.part(SignKind.ERRORS) + suspect.part(SignKind.LATENCY);
        double reasons =
                changed + SignKind.CAUSES.stream().mapToDouble(suspect::part).sum();
        double left = isExhausted(suspect) ? 0 : symptoms - TELLING * reasons;
        return Math.max(symptoms * UNEXPLAINED, left);
    }

    private static boolean isExhausted(Suspect suspect) {
        return suspect.part(SignKind.DISK) + suspect.part(SignKind.POOL) + suspect.part(SignKind.CERTIFICATE)
                > EXHAUSTION;
    }

    /** A release counts only where something besides log lines is wrong. */
    static double releaseWorth(Suspect suspect, List<ChangeEvent> changes, Instant onset) {
        return suspect.corroborated() && suspect.score() > 0
                ? ChangeReview.release(changes, suspect.service(), onset)
                        .map(change -> RELEASE * ChangeReview.closeness(change, onset))
                        .orElse(0.0)
                : 0;
    }

    static double configurationWorth(Suspect suspect, List<ChangeEvent> changes, Instant onset) {
        return suspect.corroborated() && suspect.score() > 0
                ? ChangeReview.configuration(changes, suspect.service(), onset)
                        .map(change -> CONFIGURATION * ChangeReview.closeness(change, onset))
                        .orElse(0.0)
                : 0;
    }
}
