package io.nightshift.remediate.playbook;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Engine;
import io.nightshift.events.Investigation;
import io.nightshift.events.Plan;
import io.nightshift.events.Proposal;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.RemediateSettings;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.Playbooks;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a playbook would do on a service, planned as admission would plan it. Nothing is looked at and nothing is done: what
 * only the moment tells (health, halt, locks, caps, freezes, policy) is not in it.
 *
 * @param plan the plan of an imagined incident; empty when none would be made
 * @param refusals why nothing would be done
 * @param people why people would be asked
 */
public record DryRun(Optional<Plan> plan, List<Objection> refusals, List<String> people) {

    /** In place of incident, investigation, cluster and episode: an incident's plan has its own, and so its own hash. */
    public static final String IMAGINED = "dry-run";

    public DryRun {
        refusals = List.copyOf(refusals);
        people = List.copyOf(people);
    }

    /**
     * What is to be tried.
     *
     * @param arguments what the playbook is told
     * @param instances on which; empty for those that the inventory declares
     */
    public record Wish(
            Playbook playbook,
            InventoryService service,
            CauseClass cause,
            Map<String, String> arguments,
            List<String> instances) {}

    public static DryRun of(Wish wish, RemediateSettings settings, Inventory inventory, Playbooks playbooks) {
        List<Objection> refusals = new ArrayList<>();
        Planning.Planned planned = plan(wish, settings, inventory, playbooks);
        Optional<Objection> undeclared =
                planned.objection().filter(objection -> !wish.playbook().name().equals(declared(wish)));
        if (undeclared.isPresent()) {
            // As if it were declared, so that whoever is about to declare it sees the steps.
            refusals.add(undeclared.get());
            planned = plan(wish, settings, declaring(wish, inventory), playbooks);
        }
        planned.objection().ifPresent(refusals::add);
        level(wish, planned.plan()).ifPresent(refusals::add);
        return new DryRun(
                planned.plan(),
                refusals,
                planned.plan().map(plan -> people(wish, plan)).orElse(List.of()));
    }

    private static String declared(Wish wish) {
        return wish.service().playbooks().getOrDefault(wish.cause(), "");
    }

    private static Planning.Planned plan(
            Wish wish, RemediateSettings settings, Inventory inventory, Playbooks playbooks) {
        Map<String, String> arguments = new TreeMap<>(wish.arguments());
        arguments.put("playbook", wish.playbook().name());
        Investigation imagined = Investigation.newBuilder()
                .setId(IMAGINED)
                .setIncidentId(IMAGINED)
                .setIncidentVersion(1)
                .setEnvironment(wish.service().key().environment())
                .setFingerprint(IMAGINED)
                .setEngine(Engine.DETERMINISTIC)
                .setStartedAt(Instant.EPOCH)
                .setFinishedAt(Instant.EPOCH)
                .setSentence("")
                .setProposal(Proposal.newBuilder()
                        .setAction(ActionKind.PLAYBOOK)
                        .setTarget(wish.service().id())
                        .setInstances(wish.instances())
                        .setArguments(arguments)
                        .setCauseClass(wish.cause())
                        .setConfidence(1)
                        .setRationale("")
                        .build())
                .build();
        return new Planning(
                        inventory,
                        IMAGINED,
                        settings.guards().maxInstances(),
                        settings.settle(),
                        settings.verifyWithin(),
                        playbooks)
                .plan(imagined, IMAGINED);
    }

    private static Inventory declaring(Wish wish, Inventory inventory) {
        InventoryService own = wish.service();
        Map<CauseClass, String> playbooks = new EnumMap<>(CauseClass.class);
        playbooks.putAll(own.playbooks());
        playbooks.put(wish.cause(), wish.playbook().name());
        InventoryService declaring = new InventoryService(
                own.key(),
                own.level(),
                own.isProtected(),
                own.failureDomain(),
                own.instances(),
                own.minHealthy(),
                own.addresses(),
                own.target(),
                own.probes(),
                own.serviceClass(),
                playbooks,
                own.managedBy());
        return new Inventory(
                inventory.services().stream()
                        .map(service -> service.id().equals(own.id()) ? declaring : service)
                        .toList(),
                inventory.targets());
    }

    private static Optional<Objection> level(Wish wish, Optional<Plan> plan) {
        int level = Math.min(
                wish.service().level(),
                plan.map(Plan::getLevel).orElse(wish.playbook().level()));
        return level < 3
                ? Objection.deny("autonomy-level", "at level " + level + " nothing is done")
                : Objection.none();
    }

    private static List<String> people(Wish wish, Plan plan) {
        List<String> people = new ArrayList<>();
        if (Math.min(wish.service().level(), plan.getLevel()) == 3) {
            people.add("a person decides: the " + (wish.service().level() == 3 ? "service" : "playbook")
                    + " is at level 3");
        }
        if (plan.getReversibility() == Reversibility.IRREVERSIBLE) {
            people.add("two people decide: "
                    + (wish.service().isProtected()
                            ? "the service is protected"
                            : "a step has no undo that is known and declared"));
        }
        boolean supported = wish.service().probes().stream()
                .anyMatch(probe -> probe.supports().contains(wish.cause()));
        if (!supported) {
            people.add("a person decides: no probe of the service can speak for " + wish.cause());
        }
        return people;
    }
}
