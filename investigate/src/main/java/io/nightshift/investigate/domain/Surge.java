package io.nightshift.investigate.domain;

import io.nightshift.events.Anomaly;
import io.nightshift.events.CallEvidence;
import io.nightshift.investigate.domain.measure.SignKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * More load from outside: the request rate rose at a service that nobody calls, and below it. A retry storm rises below only.
 *
 * @param strength 0 for none, 1 for a load that doubled or more everywhere
 * @param entry the service where it enters; empty when there is none
 * @param signs the signs that show it
 */
record Surge(double strength, String entry, List<Sign> signs) {

    /** Rises below this factor are everyday. */
    private static final double EVERYDAY = 1.3;

    static Surge in(Case subject, ServiceGraph graph, List<Sign> signs) {
        List<Sign> rises = signs.stream()
                .filter(sign -> sign.kind() == SignKind.LOAD && sign.up() && !sign.onEdge())
                .toList();
        Surge greatest = new Surge(0, "", List.of());
        for (Sign rise : rises) {
            if (graph.callers(rise.service()).isEmpty()) {
                double strength = growth(subject, rise) * spread(graph, rise.service(), signs, rises);
                if (strength > greatest.strength()) {
                    greatest = new Surge(strength, rise.service(), rises);
                }
            }
        }
        return greatest;
    }

    /** 0 for everyday growth, 1 for twice the rate or more. */
    private static double growth(Case subject, Sign rise) {
        for (Anomaly anomaly : subject.anomalies()) {
            CallEvidence calls = anomaly.getCalls();
            if (anomaly.getId().equals(rise.evidence()) && calls != null && calls.getRateBefore() > 0) {
                double factor = calls.getRateNow() / calls.getRateBefore();
                return factor < EVERYDAY ? 0 : Math.min(1, Math.log(factor) / Math.log(2));
            }
        }
        return Math.min(1, rise.severity() / 4);
    }

    /** Share of the unwell services below the entry, itself included, whose load rose too. */
    private static double spread(ServiceGraph graph, String entry, List<Sign> signs, List<Sign> rises) {
        Set<String> below = new TreeSet<>(graph.downstream(entry));
        below.add(entry);
        Set<String> unwell = signs.stream()
                .filter(sign -> !sign.onEdge() && below.contains(sign.service()))
                .map(Sign::service)
                .collect(Collectors.toSet());
        long risen = rises.stream()
                .map(Sign::service)
                .distinct()
                .filter(unwell::contains)
                .count();
        return unwell.isEmpty() ? 0 : (double) risen / unwell.size();
    }
}
