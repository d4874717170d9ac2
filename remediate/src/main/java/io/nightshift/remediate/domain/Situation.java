package io.nightshift.remediate.domain;

import io.nightshift.events.ActionState;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Plan;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that guards and policy look at, at one moment.
 *
 * @param level autonomy level in force for the service, 1 to 5
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

    public double confidence() {
        return investigation.getProposal().getConfidence();
    }

    /** The hypothesis that the proposal rests on: same service, same class of cause. */
    public Optional<Hypothesis> hypothesis() {
        return investigation.getHypotheses().stream()
                .filter(h -> h.getService().equals(plan.getService()) && h.getCauseClass() == plan.getCauseClass())
                .findFirst();
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
