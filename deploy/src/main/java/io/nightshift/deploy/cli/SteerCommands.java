package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ControlKind;
import io.nightshift.oversee.people.Controls;
import io.nightshift.runtime.config.Durations;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person says beforehand: locks and levels. Each is signed and written to {@code controls}. */
public abstract class SteerCommands implements Callable<Integer> {

    @Mixin
    Home home;

    @Mixin
    Person person;

    /** Writes the decision; returns once Kafka has it. */
    int write(Client client, ControlKind kind, String subject, Duration validFor, Map<String, String> arguments) {
        try (Controls controls = client.controls(person)) {
            controls.write(new Controls.Decision(
                    kind, subject, null, person.name(), person.reason(), validFor, arguments, "cli"));
        }
        return 0;
    }

    /** @throws UsageException when it is no service id */
    static String service(String text) {
        try {
            return ServiceKey.parse(text).toString();
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "'" + text + "' is no service id; write environment/namespace/service as in the inventory", e);
        }
    }

    /** @throws UsageException when the installation's inventory does not name the service; the message lists those it does */
    static void refuseUnknown(Client client, String service) {
        Inventory inventory = client.inventory();
        if (inventory.service(service).isEmpty()) {
            throw new UsageException("there is no service '" + service + "'; " + known(inventory));
        }
    }

    private static String known(Inventory inventory) {
        List<String> ids =
                inventory.services().stream().map(InventoryService::id).sorted().toList();
        return ids.isEmpty()
                ? "the inventory names none: name a file with services under inventory in the configuration"
                : "the inventory names " + String.join(", ", ids);
    }

    /** {@code nightshift hands-off}. */
    @Command(name = "hands-off", description = "Locks a target: Nightshift does nothing to it until the time is over.")
    public static final class HandsOff extends SteerCommands {

        @Parameters(paramLabel = "TARGET", description = "Service: environment/namespace/service.")
        private String target;

        @Option(
                names = "--for",
                defaultValue = "2h",
                description = "How long, such as 30m, 2h or 1d. Default: ${DEFAULT-VALUE}.")
        private String howLong;

        @Override
        public Integer call() {
            String service = service(target);
            Duration duration = Durations.parse(howLong)
                    .orElseThrow(() -> new UsageException(
                            "'" + howLong + "' is no duration; write a number and a unit: 30m, 2h or 1d"));
            Client client = Client.connect(home);
            refuseUnknown(client, service);
            int status = write(client, ControlKind.HANDS_OFF, service, duration, Map.of());
            System.out.println("hands off " + service + " for " + howLong + "; ./nightshift hands-on " + service
                    + " ends it earlier");
            return status;
        }
    }

    /** {@code nightshift hands-on}. */
    @Command(name = "hands-on", description = "Lifts the lock of a target.")
    public static final class HandsOn extends SteerCommands {

        @Parameters(paramLabel = "TARGET", description = "Service: environment/namespace/service.")
        private String target;

        @Override
        public Integer call() {
            String service = service(target);
            Client client = Client.connect(home);
            refuseUnknown(client, service);
            int status = write(client, ControlKind.HANDS_ON, service, null, Map.of());
            System.out.println("the lock of " + service + " is lifted");
            return status;
        }
    }

    /** {@code nightshift level}. */
    @Command(
            name = "level",
            description = {
                "Sets how far Nightshift may go on its own with a service, until it is set again: with everything, or with",
                "one action or against one cause. The narrowest counts; of two as narrow the lower."
            })
    public static final class Level extends SteerCommands {

        @Parameters(index = "0", paramLabel = "SERVICE", description = "environment/namespace/service.")
        private String name;

        @Parameters(
                index = "1",
                paramLabel = "LEVEL",
                description = "1 manual, 2 detect, 3 assist (asks), 4 supervised (what can be undone), 5 full.")
        private int level;

        @Option(names = "--action", paramLabel = "KIND", description = "Only for this action, such as RESTART.")
        private ActionKind action;

        @Option(names = "--cause", description = "Only against this cause, such as MEMORY_LEAK.")
        private CauseClass cause;

        @Override
        public Integer call() {
            String service = service(name);
            if (level < 1 || level > 5) {
                throw new UsageException("the level is 1 to 5, not " + level);
            }
            Client client = Client.connect(home);
            refuseUnknown(client, service);
            Map<String, String> arguments = new HashMap<>(Map.of("level", String.valueOf(level)));
            String scope = "";
            if (action != null) {
                arguments.put("action", action.name());
                scope += " for " + action;
            }
            if (cause != null) {
                arguments.put("cause", cause.name());
                scope += " against " + cause;
            }
            int status = write(client, ControlKind.SET_LEVEL, service, null, arguments);
            System.out.println(service + " is at level " + level + scope);
            return status;
        }
    }
}
