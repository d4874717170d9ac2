package io.nightshift.remediate.domain;

import io.nightshift.events.ProbeResult;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether anything is worse than before a run: a probe that passed then and fails now. With it the count of healthy
 * instances is watched too: one that was healthy is lost only by a probe of its own.
 */
public final class Worsening {

    private Worsening() {}

    /** The probes that pass, each as {@code subject|probe}: what must not be lost. */
    public static List<String> passing(Collection<ProbeResult> readings) {
        return readings.stream()
                .filter(ProbeResult::getPassed)
                .map(Worsening::key)
                .sorted()
                .toList();
    }

    /**
     * The first reading that is worse, in words.
     *
     * @param passing what passed before, as {@link #passing} told it
     * @param readings what the probes say now; a probe that is not among them says nothing
     */
    public static Optional<String> of(Collection<String> passing, Collection<ProbeResult> readings) {
        return readings.stream()
                .filter(reading -> !reading.getPassed() && passing.contains(key(reading)))
                .findFirst()
                .map(reading -> "the probe " + reading.getProbe() + " of " + reading.getSubject()
                        + ", which passed before, fails (" + reading.getMessage() + ")");
    }

    /**
     * Of what passed before, the probes of those subjects that were wholly well. A subject that was already sick may get worse
     * by what ails it; that it does says nothing about what was done to others.
     *
     * @param passing what passed before, as {@link #passing} told it
     * @param readings what the probes say now: a subject with a probe that is not among {@code passing} was not well
     */
    public static List<String> ofTheWell(Collection<String> passing, Collection<ProbeResult> readings) {
        Set<String> sick = readings.stream()
                .filter(reading -> !passing.contains(key(reading)))
                .map(ProbeResult::getSubject)
                .collect(Collectors.toSet());
        return readings.stream()
                .filter(reading -> !sick.contains(reading.getSubject()))
                .map(Worsening::key)
                .toList();
    }

    /** What is worse at a neighbour that was wholly well before, in words. */
    static Optional<String> ofNeighbours(Collection<String> passing, Collection<ProbeResult> readings) {
        return of(ofTheWell(passing, readings), readings);
    }

    private static String key(ProbeResult reading) {
        return reading.getSubject() + "|" + reading.getProbe();
    }
}
