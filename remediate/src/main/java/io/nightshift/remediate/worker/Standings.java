package io.nightshift.remediate.worker;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Execution;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.StateTokens;
import io.nightshift.remediate.target.Standing;
import io.nightshift.remediate.target.Target;
import io.nightshift.remediate.target.TargetException;
import io.nightshift.runtime.inventory.InventoryService;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How what a step touches stands at the moment of acting, by the target's own word, and what that says against acting.
 *
 * @param byInstance in the order of the step's instances
 */
record Standings(Map<String, Standing> byInstance) {

    /** Effects that change what stands in the declaration, which a controller would set back. */
    private static final Set<ActionKind> DECLARED =
            Set.of(ActionKind.SCALE, ActionKind.ROLL_BACK_RELEASE, ActionKind.DISABLE_FLAG, ActionKind.ENABLE_FLAG);
    /** Effects on one instance that take it away for a while. */
    private static final Set<ActionKind> TAKING_AWAY = Set.of(ActionKind.RESTART, ActionKind.DRAIN);

    static Standings look(Target target, InventoryService service, Step step)
            throws TargetException, InterruptedException {
        Map<String, Standing> standings = new LinkedHashMap<>();
        for (String instance : step.instances()) {
            standings.put(instance, target.standing(Step.values(service, instance)));
        }
        return new Standings(standings);
    }

    /** State tokens of all of them. */
    String tokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        byInstance.forEach((instance, standing) -> tokens.put(instance, standing.stateToken()));
        return StateTokens.join(tokens);
    }

    /**
     * Why the step must not be done now.
     *
     * @param quiet time after somebody else's change in which nothing is done
     * @param healthy how many of the step's instances are well, by their probes: a sick one is never spared
     */
    Optional<String> objection(
            Execution execution, InventoryService service, Step step, Duration quiet, long healthy, Instant now) {
        ActionKind action = step.planned().getAction();
        return changed(execution, action, now.minus(quiet), quiet)
                .or(this::rollout)
                .or(() -> owned(service, action))
                .or(() -> data(execution))
                .or(() -> capacity(service, action, healthy));
    }

    /** A roll back takes back what was changed before the trouble; only what was changed since then stands against it. */
    private Optional<String> changed(Execution execution, ActionKind action, Instant since, Duration quiet) {
        Instant onset = execution.getIncidentOnset();
        Instant from = action == ActionKind.ROLL_BACK_RELEASE && onset.isAfter(since) ? onset : since;
        return all().stream()
                .flatMap(standing -> standing.changed().stream())
                .filter(change -> change.at().isAfter(from))
                .findFirst()
                .map(change -> (change.by().isEmpty() ? "someone" : change.by()) + " changed the target at "
                        + change.at() + ", less than " + quiet.toSeconds() + " s ago");
    }

    private Optional<String> rollout() {
        return all().stream()
                .flatMap(standing -> standing.rollout().stream())
                .findFirst()
                .map(running -> "a rollout runs on the target: " + running);
    }

    private Optional<String> owned(InventoryService service, ActionKind action) {
        if (DECLARED.contains(action)) {
            Optional<String> owner = owner(service, InventoryService.GITOPS);
            if (owner.isPresent()) {
                return Optional.of(
                        "its declaration is applied from a repository (" + owner.get() + "); propose the change there");
            }
        }
        return action != ActionKind.SCALE
                ? Optional.empty()
                : owner(service, InventoryService.AUTOSCALER)
                        .map(owner -> "an autoscaler sets how many instances there are (" + owner
                                + "); change its bounds instead");
    }

    private Optional<String> owner(InventoryService service, String kind) {
        return all().stream()
                .flatMap(standing -> Optional.ofNullable(standing.owners().get(kind)).stream())
                .findFirst()
                .or(() -> service.managedBy().contains(kind) ? Optional.of("by the inventory") : Optional.empty());
    }

    private Optional<String> data(Execution execution) {
        return execution.getPlan().getReversibility() == Reversibility.IRREVERSIBLE
                ? Optional.empty()
                : all().stream()
                        .flatMap(standing -> standing.holdsData().stream())
                        .findFirst()
                        .map(evidence -> "it holds data (" + evidence + ") and the plan does not count as irreversible;"
                                + " mark the service 'protected: true', so that two people decide");
    }

    private Optional<String> capacity(InventoryService service, ActionKind action, long healthy) {
        return !TAKING_AWAY.contains(action) || healthy == 0
                ? Optional.empty()
                : all().stream()
                        .flatMap(standing -> standing.healthyOthers().stream().boxed())
                        .filter(others -> others < service.minHealthy())
                        .findFirst()
                        .map(others -> "the target has only " + others + " other instances that are well; the declared"
                                + " minimum is " + service.minHealthy());
    }

    private Collection<Standing> all() {
        return byInstance.values();
    }
}
