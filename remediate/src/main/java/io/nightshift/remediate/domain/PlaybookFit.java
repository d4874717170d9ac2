package io.nightshift.remediate.domain;

import io.nightshift.events.CauseClass;
import io.nightshift.remediate.domain.catalogue.DeclaredActions;
import io.nightshift.remediate.domain.playbook.Parameter;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.Playbooks;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether playbooks fit the services that declare them, before anything is wrong: known, meant against the cause, and made of
 * actions, probes and undos that are there.
 */
public final class PlaybookFit {

    private PlaybookFit() {}

    /** What does not fit, in words; empty when all does. */
    public static List<String> of(Playbooks playbooks, Inventory inventory) {
        List<String> misfits = new ArrayList<>();
        for (InventoryService service : inventory.services()) {
            new TreeMap<>(service.playbooks())
                    .forEach((cause, name) -> against(playbooks, inventory, service, cause, name)
                            .ifPresent(why -> misfits.add(service.id() + " declares the playbook " + name + " against "
                                    + cause + ": " + why)));
        }
        return misfits;
    }

    private static Optional<String> against(
            Playbooks playbooks, Inventory inventory, InventoryService service, CauseClass cause, String name) {
        Optional<Playbook> playbook = playbooks.named(name);
        if (playbook.isEmpty()) {
            return Optional.of("there is none of that name; there are "
                    + playbooks.byName().keySet());
        }
        if (!playbook.get().against().contains(cause)) {
            return Optional.of("it is meant against " + playbook.get().against());
        }
        Optional<TargetSpec> target = inventory.targetOf(service);
        if (target.isEmpty()) {
            return Optional.of("the service has no target to act on");
        }
        try {
            new Preparation(playbook.get(), service, new DeclaredActions(target.get()))
                    .of(examples(playbook.get().parameters()));
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.objection().reason());
        }
    }

    /** A value of its own for each parameter that has none; a whole number is a word too. */
    private static Map<String, String> examples(List<Parameter> parameters) {
        Map<String, String> values = new TreeMap<>();
        parameters.stream()
                .filter(parameter -> parameter.fallback().isEmpty())
                .forEach(parameter -> values.put(parameter.name(), String.valueOf(values.size() + 1)));
        return values;
    }
}
