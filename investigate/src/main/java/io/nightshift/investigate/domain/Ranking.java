package io.nightshift.investigate.domain;

import io.nightshift.events.Hypothesis;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the ranker found.
 *
 * @param hypotheses best first, at least one
 * @param symptomOnset when users began to feel it
 * @param affected services with anomalies, and how much each suffers
 * @param logsOnly services that nothing but log lines points to
 */
public record Ranking(
        List<Hypothesis> hypotheses, Instant symptomOnset, Map<String, Double> affected, Set<String> logsOnly) {

    public Ranking {
        hypotheses = List.copyOf(hypotheses);
        affected = Map.copyOf(affected);
        logsOnly = Set.copyOf(logsOnly);
    }

    public Hypothesis best() {
        return hypotheses.get(0);
    }

    /** The first three causes as service|cause class. */
    public List<String> top() {
        return hypotheses.stream().limit(3).map(Ranking::nameOf).toList();
    }

    public static String nameOf(Hypothesis hypothesis) {
        return hypothesis.getService() + "|" + hypothesis.getCauseClass();
    }
}
