package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Investigation;
import io.nightshift.events.Plan;
import io.nightshift.events.Proposal;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.catalogue.ActionSpec;
import io.nightshift.remediate.domain.catalogue.Catalogue;
import io.nightshift.remediate.domain.catalogue.DeclaredActions;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.Playbooks;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Makes a plan of a proposal. What the proposal says is only a wish: target, instances and command come from the
 * inventory, reversibility from the catalogue, and whatever does not fit is refused. Empty never means all.
 *
 * @param inventory what the operator declared
 * @param clusterId cluster that the plan belongs to
 * @param maxInstances most instances that one plan may act on
 * @param settle time that each step may take beyond its command, for probes between steps
 * @param verifyWithin time that verification may take after the last step
 * @param playbooks those that may be run
 */
public record Planning(
        Inventory inventory,
        String clusterId,
        int maxInstances,
        Duration settle,
        Duration verifyWithin,
        Playbooks playbooks) {

    /**
     * The longest that a plan's steps may take together: the executor ends a run after it, whatever it is at, and waits so long
     * for one to end when its partition is taken away.
     */
    public static final Duration LONGEST_RUN = Duration.ofMinutes(15);

    /** Without playbooks. */
    public Planning(Inventory inventory, String clusterId, int maxInstances, Duration settle, Duration verifyWithin) {
        this(inventory, clusterId, maxInstances, settle, verifyWithin, Playbooks.none());
    }

    /** A plan, or what speaks against making one. */
    public record Planned(Optional<Plan> plan, Optional<Objection> objection) {}

    /** Plans the investigation's proposal, which must be there. */
    public Planned plan(Investigation investigation, String episode) {
        try {
            return new Planned(Optional.of(made(investigation, episode)), Objection.none());
        } catch (RefusedException e) {
            return new Planned(Optional.empty(), Optional.of(e.objection()));
        }
    }

    private Plan made(Investigation investigation, String episode) throws RefusedException {
        Proposal proposal = investigation.getProposal();
        ActionSpec spec = Catalogue.of(proposal.getAction())
                .orElseThrow(() -> RefusedException.by(
                        "supported-action", proposal.getAction() + " is not supported by this target"));
        InventoryService service = service(proposal.getTarget(), investigation.getEnvironment());
        DeclaredActions declared = inventory
                .targetOf(service)
                .map(DeclaredActions::new)
                .orElseThrow(() -> RefusedException.by(
                        "supported-action",
                        spec.kind() + " is not supported: the inventory declares no target for " + service.id()));
        List<String> instances = proposal.getInstances().isEmpty() ? service.instances() : proposal.getInstances();
        checkInstances(instances, service);
        Course course = spec.kind() == ActionKind.PLAYBOOK
                ? playbook(proposal, service, declared).on(instances, proposal.getArguments())
                : new OneAction(spec, service, declared).on(instances, proposal.getArguments());
        checkLength(course);
        return build(investigation, episode, service, instances, course);
    }

    /** A playbook is run where the inventory declares it against this cause, and nowhere else. */
    private PlaybookCourse playbook(Proposal proposal, InventoryService service, DeclaredActions declared)
            throws RefusedException {
        String name = proposal.getArguments().getOrDefault(PlaybookCourse.NAME, "");
        String wanted = service.playbooks().get(proposal.getCauseClass());
        if (!name.equals(wanted)) {
            throw RefusedException.by(
                    "declared-playbook",
                    "the inventory does not declare the playbook " + quoted(name) + " against "
                            + proposal.getCauseClass() + " for " + service.id());
        }
        Playbook playbook = playbooks
                .named(name)
                .orElseThrow(() -> RefusedException.by("declared-playbook", "there is no playbook " + quoted(name)));
        if (!playbook.against().contains(proposal.getCauseClass())) {
            throw RefusedException.by(
                    "declared-playbook", "the playbook " + name + " is not meant against " + proposal.getCauseClass());
        }
        return new PlaybookCourse(playbook, service, declared);
    }

    private InventoryService service(String target, String environment) throws RefusedException {
        InventoryService service = inventory
                .service(target)
                .orElseThrow(
                        () -> RefusedException.by("inventory-target", quoted(target) + " is not in the inventory"));
        if (!service.key().environment().equals(environment)) {
            throw RefusedException.by("inventory-target", service.id() + " is not in environment " + environment);
        }
        return service;
    }

    private void checkInstances(List<String> instances, InventoryService service) throws RefusedException {
        if (instances.isEmpty()) {
            throw RefusedException.by(
                    "empty-target-set", service.id() + " has no instance to act on; empty never means all");
        }
        for (String instance : instances) {
            if (!service.instances().contains(instance)) {
                throw RefusedException.by(
                        "inventory-target", quoted(instance) + " is not a declared instance of " + service.id());
            }
        }
        if (new HashSet<>(instances).size() != instances.size()) {
            throw RefusedException.by("inventory-target", "an instance of " + service.id() + " is named twice");
        }
        if (instances.size() > maxInstances) {
            throw RefusedException.by(
                    "instance-cap",
                    instances.size() + " instances are more than the " + maxInstances + " allowed at once");
        }
    }

    private void checkLength(Course course) throws RefusedException {
        Duration undoing = course.undoing(settle);
        Duration longest = course.longest(settle).plus(undoing);
        if (longest.compareTo(LONGEST_RUN) > 0) {
            throw RefusedException.by(
                    "longest-run",
                    "its steps may take " + longest.toSeconds() + " s together (each up to "
                            + course.timeout().toSeconds() + " s for the command and " + settle.toSeconds()
                            + " s to settle; " + course.pausing().toSeconds() + " s of pauses, "
                            + undoing.toSeconds() + " s to take it back), more than the "
                            + LONGEST_RUN.toSeconds() + " s that a run may take");
        }
    }

    private Plan build(
            Investigation investigation,
            String episode,
            InventoryService service,
            List<String> instances,
            Course course) {
        Proposal proposal = investigation.getProposal();
        Duration deadline = course.longest(settle).plus(course.undoing(settle)).plus(verifyWithin);
        return Plan.newBuilder()
                .setEnvironment(service.key().environment())
                .setClusterId(clusterId)
                .setIncidentId(investigation.getIncidentId())
                .setInvestigationId(investigation.getId())
                .setService(service.id())
                .setAction(proposal.getAction())
                .setTarget(service.id())
                .setInstances(new ArrayList<>(instances))
                .setArguments(proposal.getArguments())
                .setCauseClass(proposal.getCauseClass())
                .setReversibility(service.isProtected() ? Reversibility.IRREVERSIBLE : course.reversibility())
                .setIdempotent(course.idempotent())
                .setEpisode(episode)
                .setTimeoutSeconds((int) Math.max(1, course.timeout().toSeconds()))
                .setDeadlineSeconds((int) deadline.toSeconds())
                .setSteps(course.steps())
                .setPlaybook(course.playbook())
                .setLevel(course.level())
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
