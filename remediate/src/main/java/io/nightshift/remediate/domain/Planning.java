package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Investigation;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.events.Proposal;
import io.nightshift.events.Reversibility;
import io.nightshift.runtime.inventory.EffectSpec;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes a plan of a proposal. What the proposal says is only a wish: target, instances and command come from the
 * inventory, reversibility from the catalogue, and whatever does not fit is refused. Empty never means all.
 *
 * @param inventory what the operator declared
 * @param clusterId cluster that the plan belongs to
 * @param maxInstances most instances that one plan may act on
 * @param settle time that each step may take beyond its command, for probes between steps
 * @param verifyWithin time that verification may take after the last step
 */
public record Planning(
        Inventory inventory, String clusterId, int maxInstances, Duration settle, Duration verifyWithin) {

    /**
     * The longest that a plan's steps may take together: the executor ends a run after it, whatever it is at, and waits so long
     * for one to end when its partition is taken away.
     */
    public static final Duration LONGEST_RUN = Duration.ofMinutes(15);

    /** A plan, or what speaks against making one. */
    public record Planned(Optional<Plan> plan, Optional<Objection> objection) {

        static Planned refused(Optional<Objection> objection) {
            return new Planned(Optional.empty(), objection);
        }
    }

    /** Plans the investigation's proposal, which must be there. */
    public Planned plan(Investigation investigation, String episode) {
        Proposal proposal = investigation.getProposal();
        Optional<ActionSpec> spec = ActionSpec.of(proposal.getAction());
        if (spec.isEmpty()) {
            return Planned.refused(
                    Objection.deny("supported-action", proposal.getAction() + " is not supported by this target"));
        }
        Optional<InventoryService> service = inventory.service(proposal.getTarget());
        if (service.isEmpty()) {
            return Planned.refused(
                    Objection.deny("inventory-target", quoted(proposal.getTarget()) + " is not in the inventory"));
        }
        return plan(investigation, episode, spec.get(), service.get());
    }

    private Planned plan(Investigation investigation, String episode, ActionSpec spec, InventoryService service) {
        Proposal proposal = investigation.getProposal();
        if (!service.key().environment().equals(investigation.getEnvironment())) {
            return Planned.refused(Objection.deny(
                    "inventory-target", service.id() + " is not in environment " + investigation.getEnvironment()));
        }
        Optional<EffectSpec> command = inventory.targetOf(service).flatMap(spec::commandOf);
        if (command.isEmpty()) {
            return Planned.refused(Objection.deny(
                    "supported-action",
                    spec.kind() + " is not supported by this target: the inventory declares no command for it"));
        }
        List<String> instances = proposal.getInstances().isEmpty() ? service.instances() : proposal.getInstances();
        Optional<Objection> objection = againstInstances(instances, service)
                .or(() -> againstArguments(proposal.getArguments(), spec))
                .or(() -> againstLength(command.get(), instances.size()));
        return objection.isPresent()
                ? Planned.refused(objection)
                : new Planned(
                        Optional.of(build(investigation, episode, spec, service, command.get(), instances)),
                        Objection.none());
    }

    private Optional<Objection> againstInstances(List<String> instances, InventoryService service) {
        if (instances.isEmpty()) {
            return Objection.deny(
                    "empty-target-set", service.id() + " has no instance to act on; empty never means all");
        }
        for (String instance : instances) {
            if (!service.instances().contains(instance)) {
                return Objection.deny(
                        "inventory-target", quoted(instance) + " is not a declared instance of " + service.id());
            }
        }
        if (new HashSet<>(instances).size() != instances.size()) {
            return Objection.deny("inventory-target", "an instance of " + service.id() + " is named twice");
        }
        if (instances.size() > maxInstances) {
            return Objection.deny(
                    "instance-cap",
                    instances.size() + " instances are more than the " + maxInstances + " allowed at once");
        }
        return Objection.none();
    }

    private static Optional<Objection> againstArguments(Map<String, String> arguments, ActionSpec spec) {
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            Pattern form = spec.arguments().get(argument.getKey());
            if (form == null) {
                return Objection.deny("arguments", spec.kind() + " takes no argument " + quoted(argument.getKey()));
            }
            if (!form.matcher(argument.getValue()).matches()) {
                return Objection.deny(
                        "arguments",
                        "argument " + argument.getKey() + " of " + spec.kind() + " does not look like "
                                + form.pattern());
            }
        }
        return Objection.none();
    }

    private Optional<Objection> againstLength(EffectSpec command, int instances) {
        Duration longest = steps(command, instances);
        return longest.compareTo(LONGEST_RUN) > 0
                ? Objection.deny(
                        "longest-run",
                        "its steps may take " + longest.toSeconds() + " s together ("
                                + command.timeout().toSeconds()
                                + " s for the command and " + settle.toSeconds() + " s to settle, each), more than the "
                                + LONGEST_RUN.toSeconds() + " s that a run may take")
                : Objection.none();
    }

    /** The longest that the steps may take together. */
    private Duration steps(EffectSpec command, int instances) {
        return command.timeout().plus(settle).multipliedBy(ActionSpec.isServiceWide(command) ? 1 : instances);
    }

    private Plan build(
            Investigation investigation,
            String episode,
            ActionSpec spec,
            InventoryService service,
            EffectSpec command,
            List<String> instances) {
        Duration deadline = steps(command, instances.size()).plus(verifyWithin);
        return Plan.newBuilder()
                .setEnvironment(service.key().environment())
                .setClusterId(clusterId)
                .setIncidentId(investigation.getIncidentId())
                .setInvestigationId(investigation.getId())
                .setService(service.id())
                .setAction(spec.kind())
                .setTarget(service.id())
                .setInstances(new ArrayList<>(instances))
                .setArguments(investigation.getProposal().getArguments())
                .setCauseClass(investigation.getProposal().getCauseClass())
                .setReversibility(service.isProtected() ? Reversibility.IRREVERSIBLE : spec.reversibility())
                .setIdempotent(spec.idempotent())
                .setEpisode(episode)
                .setTimeoutSeconds((int) Math.max(1, command.timeout().toSeconds()))
                .setDeadlineSeconds((int) deadline.toSeconds())
                .setSteps(steps(
                        investigation.getProposal(),
                        spec.effectOn(inventory.targetOf(service).orElseThrow()),
                        service,
                        command,
                        instances))
                .build();
    }

    /** One step for the service as a whole, or one for each instance, the first of them as the canary. */
    private static List<PlanStep> steps(
            Proposal proposal,
            ActionKind effect,
            InventoryService service,
            EffectSpec command,
            List<String> instances) {
        List<PlanStep> steps = new ArrayList<>();
        if (ActionSpec.isServiceWide(command)) {
            steps.add(step(proposal, effect, service.id(), instances, 0));
        } else {
            for (String instance : instances) {
                steps.add(step(proposal, effect, instance, List.of(instance), steps.size()));
            }
        }
        return steps;
    }

    private static PlanStep step(
            Proposal proposal, ActionKind effect, String subject, List<String> instances, int batch) {
        return PlanStep.newBuilder()
                .setAction(effect)
                .setSubject(subject)
                .setInstances(new ArrayList<>(instances))
                .setArguments(proposal.getArguments())
                .setBatch(batch)
                .build();
    }

    /** Untrusted text in a message: bounded, and without what a terminal or a page would interpret. */
    static String quoted(String text) {
        String plain = text.replaceAll("[^\\p{Alnum}./_:@~-]", "?");
        return "'" + (plain.length() > 80 ? plain.substring(0, 80) + "…" : plain) + "'";
    }

    /** Whether the inventory, which may be another one since the plan was made, still has its service and target. */
    boolean stillKnows(Plan plan) {
        return inventory.service(plan.getTarget()).flatMap(inventory::targetOf).isPresent();
    }

    /** The target's spec; only for a plan that was made here. */
    public TargetSpec targetOf(Plan plan) {
        return inventory.service(plan.getTarget()).flatMap(inventory::targetOf).orElseThrow();
    }
}
