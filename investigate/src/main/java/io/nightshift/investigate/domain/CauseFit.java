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

    /** What of it remains when the service shows how it fails by itself, such as memory that fills. */
    private static final double RELEASE_BESIDE_MEMORY = 0.2;

    private static final double CONFIGURATION = 0.4;

    /** Some doubt always remains. */
    private static final double UNKNOWN = 0.1;

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
        worth.put(CauseClass.NETWORK_FAULT, suspect.part(SignKind.GAP));
        worth.put(CauseClass.BAD_RELEASE, release * (starved ? RELEASE_BESIDE_MEMORY : 1));
        worth.put(CauseClass.CONFIGURATION_CHANGE, configurationWorth(suspect, changes, onset));
        worth.put(CauseClass.UNKNOWN, UNKNOWN);
        double sum = worth.values().stream().mapToDouble(Double::doubleValue).sum();
        worth.replaceAll((cause, value) -> value / sum);
        worth.values().removeIf(value -> value == 0);
        return worth;
    }

    /** A release counts only where something besides log lines is wrong. */
    static double releaseWorth(Suspect suspect, List<ChangeEvent> changes, Instant onset) {
        return suspect.corroborated() && suspect.score() > 0
                ? ChangeReview.release(changes, suspect.service(), onset)
                        .map(change -> RELEASE * ChangeReview.closeness(change, onset))
                        .orElse(0.0)
                : 0;
    }

    private static double configurationWorth(Suspect suspect, List<ChangeEvent> changes, Instant onset) {
        return suspect.corroborated() && suspect.score() > 0
                ? ChangeReview.configuration(changes, suspect.service(), onset)
                        .map(change -> CONFIGURATION * ChangeReview.closeness(change, onset))
                        .orElse(0.0)
                : 0;
    }
}
