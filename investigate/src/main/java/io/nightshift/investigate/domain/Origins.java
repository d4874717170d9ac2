package io.nightshift.investigate.domain;

import io.nightshift.investigate.domain.measure.ScoringRule;
import io.nightshift.investigate.domain.measure.SignKind;

/**
 * Where suffering begins: a service whose own requests fail or are slow, that others call and suffer with, and that calls
 * nothing which suffers. A share of all symptoms says little about it, for each caller shows the same ones once more.
 *
 * <p>A cache that lost its entries moves the beginning: what stands behind it drowns in calls that were spared it before.
 */
final class Origins {

    /** How much of a beginning behind a cache that misses is the cache's doing. */
    private static final double BEHIND_A_CACHE = 0.75;

    /** The service's own clock and that of its callers agree. */
    private static final double TWO_WITNESSES = 1.25;

    private final Attribution attribution;
    private final ServiceGraph graph;

    Origins(Attribution attribution, ServiceGraph graph) {
        this.attribution = attribution;
        this.graph = graph;
    }

    /** How surely it begins at the service, 0 to 1. */
    double of(String service) {
        double own = alone(service);
        if (misses(service)) {
            double behind = graph.callees(service).stream()
                    .mapToDouble(this::alone)
                    .max()
                    .orElse(0);
            return Math.max(own, BEHIND_A_CACHE * behind);
        }
        boolean behindACache = graph.callers(service).stream().anyMatch(this::misses);
        return behindACache ? own * (1 - BEHIND_A_CACHE) : own;
    }

    private double alone(String service) {
        boolean calleeSuffers = graph.callees(service).stream().anyMatch(attribution::suffers);
        boolean callerSuffers = graph.callers(service).stream().anyMatch(attribution::suffers);
        if (calleeSuffers || !callerSuffers) {
            return 0;
        }
        double most = 0;
        for (SignKind kind : SignKind.SYMPTOMS) {
            double all = attribution.symptom(service, kind);
            if (all > 0) {
                double unexplained = attribution.unexplainedSymptom(service, kind) / all;
                double sure = ScoringRule.surprise(attribution.significance(service, kind));
                most = Math.max(most, unexplained * sure);
            }
        }
        return attribution.isSeenByCallers(service) ? Math.min(1, most * TWO_WITNESSES) : most;
    }

    private boolean misses(String service) {
        return attribution.signsOf(service).stream().anyMatch(sign -> sign.kind() == SignKind.CACHE);
    }
}
