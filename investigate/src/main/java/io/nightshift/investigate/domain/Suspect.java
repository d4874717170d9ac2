package io.nightshift.investigate.domain;

import io.nightshift.investigate.domain.measure.SignKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A service with the evidence that is its own after what its callees explain was taken away.
 *
 * @param service service as environment/namespace/service
 * @param parts weighted strength for each kind of evidence
 * @param signs signs on it, the most severe first
 * @param corroborated whether anything but log lines points to it
 * @param origin how surely suffering begins at it, 0 to 1: callers of it suffer, and nothing that it calls does
 */
record Suspect(String service, Map<SignKind, Double> parts, List<Sign> signs, boolean corroborated, double origin) {

    /** Log lines alone are what an outsider can write at will. */
    private static final double LOGS_ALONE = 0.3;

    Suspect {
        parts = Map.copyOf(parts);
        signs = signs.stream()
                .sorted(Comparator.comparingDouble(Sign::severity).reversed().thenComparing(Sign::evidence))
                .toList();
    }

    double part(SignKind kind) {
        return parts.getOrDefault(kind, 0.0);
    }

    double score() {
        // Summed in the order of the kinds: a map's order would differ in the last bits from run to run.
        double sum = 0;
        for (SignKind kind : SignKind.values()) {
            sum += part(kind);
        }
        return corroborated ? sum + origin : sum * LOGS_ALONE;
    }
}
