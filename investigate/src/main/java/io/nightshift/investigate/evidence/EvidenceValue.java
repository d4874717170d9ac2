package io.nightshift.investigate.evidence;

import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Claim;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.LessonCitation;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.ServiceGraph;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an item is worth for the question which hypothesis of a diagnosis is true: the product of
 *
 * <ul>
 *   <li>place: 1 for the first hypothesis' service, at least a half for its rivals', which their evidence confirms or refutes,
 *       less along the chain to the users, on other services that suffer, on healthy neighbours (for contrast), on bystanders;
 *   <li>kind: changes and anomalies before traces, metrics and logs, these before the graph; anomalies that can be a cause
 *       before those that requests feel;
 *   <li>time: at the onset 1, half of it ten minutes away from it.
 * </ul>
 *
 * All factors lie between 0 and 1.
 */
final class EvidenceValue {

    private static final double RIVAL = 0.5;
    private static final double CHAIN = 0.5;
    private static final double SUFFERING = 0.35;
    private static final double NEIGHBOUR = 0.25;
    private static final double BYSTANDER = 0.1;
    private static final double NOWHERE = 0.5;

    private static final double HALF_MINUTES = 10;
    private static final double DEFAULT_KIND = 0.5;
    private static final double SYMPTOM = 0.8;
    private static final Set<AnomalyKind> SYMPTOMS = Set.of(AnomalyKind.LATENCY, AnomalyKind.ERRORS, AnomalyKind.RATE);

    /** Whatever they are about holds before and after as well. */
    private static final Set<EvidenceKind> TIMELESS = Set.of(
            EvidenceKind.LESSON, EvidenceKind.SKILL, EvidenceKind.TOPOLOGY, EvidenceKind.ROLLUP, EvidenceKind.TOOL);

    private static final Map<EvidenceKind, Double> KINDS = new EnumMap<>(Map.ofEntries(
            Map.entry(EvidenceKind.CHANGE, 1.0),
            Map.entry(EvidenceKind.ANOMALY, 1.0),
            Map.entry(EvidenceKind.PROBE, 0.9),
            Map.entry(EvidenceKind.SKILL, 0.9),
            Map.entry(EvidenceKind.LESSON, 0.8),
            Map.entry(EvidenceKind.TOOL, 0.8),
            Map.entry(EvidenceKind.ROLLUP, 0.8),
            Map.entry(EvidenceKind.TRACE, 0.7),
            Map.entry(EvidenceKind.METRIC, 0.7),
            Map.entry(EvidenceKind.LOG, 0.6),
            Map.entry(EvidenceKind.ALERT, 0.5),
            Map.entry(EvidenceKind.TOPOLOGY, 0.4)));

    private final Map<String, Double> places = new HashMap<>();
    private final Set<String> cited = new HashSet<>();
    private final Set<String> symptoms = new HashSet<>();
    private final Instant onset;

    EvidenceValue(Diagnosis diagnosis) {
        this.onset = diagnosis.ranking().symptomOnset();
        Hypothesis first = diagnosis.ranking().best();
        for (Hypothesis hypothesis : diagnosis.ranking().hypotheses()) {
            double share = first.getConfidence() <= 0 ? 1 : hypothesis.getConfidence() / first.getConfidence();
            place(hypothesis.getService(), Math.max(RIVAL, share));
            cite(hypothesis);
        }
        first.getChain().forEach(service -> place(service, CHAIN));
        diagnosis.ranking().affected().keySet().forEach(service -> place(service, SUFFERING));
        ServiceGraph.of(diagnosis.subject().graph())
                .around(Set.copyOf(places.keySet()))
                .forEach(service -> place(service, NEIGHBOUR));
        diagnosis.subject().anomalies().stream()
                .filter(anomaly -> SYMPTOMS.contains(anomaly.getKind()))
                .forEach(anomaly -> symptoms.add(anomaly.getId()));
        diagnosis.answer().proposal().ifPresent(proposal -> cited.addAll(proposal.getEvidenceIds()));
        diagnosis.answer().lessons().stream().map(LessonCitation::getEvidenceId).forEach(cited::add);
    }

    private void cite(Hypothesis hypothesis) {
        Stream.concat(hypothesis.getEvidenceFor().stream(), hypothesis.getEvidenceAgainst().stream())
                .map(Claim::getEvidenceIds)
                .forEach(cited::addAll);
    }

    private void place(String service, double worth) {
        if (!service.isEmpty()) {
            places.merge(service, worth, Math::max);
        }
    }

    /** Whether a claim for or against a hypothesis, or the proposal, rests on it. */
    boolean isCited(EvidenceItem item) {
        return cited.contains(item.getId());
    }

    /** Between 0 and 1. */
    double of(EvidenceItem item) {
        double symptom = item.getAnomalyId() != null && symptoms.contains(item.getAnomalyId()) ? SYMPTOM : 1;
        return place(item) * KINDS.getOrDefault(item.getKind(), DEFAULT_KIND) * symptom * time(item);
    }

    private double place(EvidenceItem item) {
        if (item.getSubject() == null) {
            return NOWHERE;
        }
        double own = places.getOrDefault(ServiceKey.of(item.getSubject()).toString(), BYSTANDER);
        String peer = item.getSubject().getPeer();
        return peer == null ? own : Math.max(own, places.getOrDefault(peer, BYSTANDER));
    }

    private double time(EvidenceItem item) {
        if (item.getAt() == null || TIMELESS.contains(item.getKind())) {
            return 1;
        }
        double minutes = Duration.between(onset, item.getAt()).abs().toMillis() / 60_000.0;
        return HALF_MINUTES / (HALF_MINUTES + minutes);
    }
}
