package io.nightshift.remediate.domain;

import io.nightshift.events.ActionState;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Plan;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import io.nightshift.schemas.trust.TrustReading;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that guards and policy look at, at one moment.
 *
 * @param level autonomy level in force for this action against this cause on the service, 1 to 5
 * @param trust how the trust ledger stands on this action, class of services and class of causes; empty where it knows nothing
 * @param policy the policy in force
 * @param halted why everything is halted, or empty
 * @param handsOff why a person locked the target, or empty
 * @param others the environment's other actions that are remembered
 * @param incidents the environment's incidents that are remembered
 */
public record Situation(
        Plan plan,
        Investigation investigation,
        Incident incident,
        InventoryService service,
        TargetSpec target,
        Inventory inventory,
        int level,
        Optional<TrustReading> trust,
        PolicyJudge policy,
        Optional<String> halted,
        Optional<String> handsOff,
        List<ActionState> others,
        List<Incident> incidents,
        GuardSettings settings,
        Instant now) {

    public Situation {
        others = List.copyOf(others);
        incidents = List.copyOf(incidents);
    }

    /** The same, were the level another. */
    Situation atLevel(int other) {
        return new Situation(
                plan,
                investigation,
                incident,
                service,
                target,
                inventory,
                other,
                trust,
                policy,
                halted,
                handsOff,
                others,
                incidents,
                settings,
                now);
    }

    /** The level that counts: what people set, or less where outcomes took some of it away. Trust never raises it. */
    public int trustedLevel() {
        return trust.map(reading -> reading.atMost(level)).orElse(level);
    }

    public double confidence() {
        return investigation.getProposal().getConfidence();
    }

    /** The hypothesis that the proposal rests on: same service, same class of cause. */
    public Optional<Hypothesis> hypothesis() {
        return investigation.getHypotheses().stream()
                .filter(h -> h.getService().equals(plan.getService()) && h.getCauseClass() == plan.getCauseClass())
                .findFirst();
    }

    /** Kinds of the evidence that the hypothesis cites. */
    public Set<EvidenceKind> evidenceKinds() {
        Set<String> cited = hypothesis().stream()
                .flatMap(h -> h.getEvidenceFor().stream())
                .flatMap(claim -> claim.getEvidenceIds().stream())
                .collect(Collectors.toSet());
        return investigation.getEvidence().stream()
                .filter(item -> cited.contains(item.getId()))
                .map(EvidenceItem::getKind)
                .collect(Collectors.toSet());
    }

    /** Services that the incident's chain explains. */
    public Set<String> chain() {
        Set<String> chain = new HashSet<>(List.of(plan.getService()));
        hypothesis().ifPresent(h -> chain.addAll(h.getChain()));
        return chain;
    }

    /** Services that call the target or are called by it, as the incident's part of the graph shows. */
    public Set<String> neighbours() {
        return Neighbours.of(plan.getTarget(), incident);
    }

    /** Actions in flight, this one not counted. */
    public List<ActionState> inFlight() {
        return others.stream()
                .filter(state -> ActionLife.isInFlight(state.getEvent().getStatus()))
                .toList();
    }
}
