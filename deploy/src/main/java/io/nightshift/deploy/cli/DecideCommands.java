package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.StartException;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlKind;
import io.nightshift.oversee.people.Controls;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Approves or denies an action that waits for a person. */
public abstract class DecideCommands implements Callable<Integer> {

    private static final Duration COUNTS_FOR = Duration.ofMinutes(15);

    @Mixin
    private Home home;

    @Mixin
    private Person person;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "Action or incident; may be left out while only one action waits.")
    private String id;

    private final ControlKind kind;

    DecideCommands(ControlKind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() throws InterruptedException {
        Client client = Client.connect(home);
        ActionEvent waiting = theOneThatWaits(client);
        try (Controls controls = client.controls()) {
            controls.write(new Controls.Decision(
                    kind,
                    waiting.getActionId(),
                    waiting.getPlanHash(),
                    person.name(),
                    person.reason(),
                    COUNTS_FOR,
                    Map.of(),
                    "cli"));
        }
        System.out.println((kind == ControlKind.APPROVE ? "approved: " : "denied: ") + waiting.getSentence());
        return 0;
    }

    private ActionEvent theOneThatWaits(Client client) throws InterruptedException {
        Map<String, ActionEvent> latest = new LinkedHashMap<>();
        client.read(List.of(client.topics().actions()), record -> {
            ActionEvent event = (ActionEvent) record;
            latest.put(event.getActionId(), event);
        });
        List<ActionEvent> waiting = latest.values().stream()
                .filter(event -> event.getStatus() == ActionStatus.AWAITING_APPROVAL)
                .filter(event -> id == null || id.equals(event.getActionId()) || id.equals(event.getIncidentId()))
                .toList();
        if (waiting.size() == 1) {
            return waiting.get(0);
        }
        throw new StartException(waiting.isEmpty() ? nothingWaits(latest) : severalWait(waiting));
    }

    private String nothingWaits(Map<String, ActionEvent> latest) {
        ActionEvent known = id == null ? null : latest.get(id);
        return known == null
                ? "no action" + (id == null ? "" : " '" + id + "'") + " waits for a decision"
                : "the action '" + id + "' does not wait for a decision: it is " + known.getStatus();
    }

    private static String severalWait(List<ActionEvent> waiting) {
        StringBuilder text = new StringBuilder("several actions wait; name one:");
        waiting.forEach(event ->
                text.append("\n  ").append(event.getActionId()).append("  ").append(event.getSentence()));
        return text.toString();
    }

    /** {@code nightshift approve}. */
    @Command(
            name = "approve",
            description = "Approves an action that waits. The approval is bound to exactly that plan.")
    public static final class Approve extends DecideCommands {
        public Approve() {
            super(ControlKind.APPROVE);
        }
    }

    /** {@code nightshift deny}. */
    @Command(name = "deny", description = "Denies an action that waits.")
    public static final class Deny extends DecideCommands {
        public Deny() {
            super(ControlKind.DENY);
        }
    }
}
