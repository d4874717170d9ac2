package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.CauseClass;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.Playbooks;
import io.nightshift.remediate.playbook.DryRun;
import io.nightshift.runtime.config.Nearest;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightshift playbooks dry-run}. */
@Command(
        name = "dry-run",
        description = {
            "Shows what a playbook would do on a service: effects in order, pauses, what is verified, the undo.",
            "It changes nothing and looks at nothing but the configuration and the inventory."
        },
        footer = {"", "Exit status: 0 a plan would be made, 1 it would be refused, 2 usage."})
public final class DryRunCommand implements Callable<Integer> {

    private static final int REFUSED = 1;

    @Parameters(paramLabel = "NAME", description = "The playbook.")
    private String name;

    @Option(names = "--service", required = true, description = "Inventory id: environment/namespace/service.")
    private String serviceId;

    @Option(names = "--cause", description = "Against which cause. Default: the first that it is meant against.")
    private CauseClass cause;

    @Option(names = "--arg", paramLabel = "NAME=VALUE", description = "What the playbook is told. Repeatable.")
    private Map<String, String> arguments = new LinkedHashMap<>();

    @Option(names = "--instance", description = "On this instance only. Repeatable. Default: all that are declared.")
    private List<String> instances = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private PlaybookPlaces places;

    @Override
    public Integer call() throws JsonProcessingException {
        Playbooks playbooks = places.library().playbooks();
        Playbook playbook = playbooks
                .named(name)
                .orElseThrow(() -> new UsageException("there is no playbook '" + name + "'; "
                        + Nearest.remedy(name, playbooks.byName().keySet())));
        Inventory inventory = places.inventory();
        InventoryService service = inventory
                .service(serviceId)
                .orElseThrow(() -> new UsageException("there is no service '" + serviceId + "' in the inventory; "
                        + (inventory.services().isEmpty()
                                ? "name one with --config or --inventory"
                                : Nearest.remedy(
                                        serviceId,
                                        inventory.services().stream()
                                                .map(InventoryService::id)
                                                .toList()))));
        CauseClass against = cause != null
                ? cause
                : playbook.against().stream().sorted().findFirst().orElseThrow();
        DryRun run = DryRun.of(
                new DryRun.Wish(playbook, service, against, arguments, instances),
                places.settings(),
                inventory,
                playbooks);
        DryRunText text = new DryRunText(playbook, service, against, run);
        if (json) {
            PlaybooksCommand.print(text.fields());
        } else {
            text.lines().forEach(System.out::println);
        }
        return run.refusals().isEmpty() ? 0 : REFUSED;
    }
}
