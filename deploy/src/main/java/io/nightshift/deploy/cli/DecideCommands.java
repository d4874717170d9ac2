package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlKind;
import io.nightshift.oversee.people.Controls;
import io.nightshift.remediate.domain.EmergencyRule;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Approves or denies an action that waits for a person, and tells what became of it. */
public abstract class DecideCommands implements Callable<Integer> {

    private static final Duration COUNTS_FOR = Duration.ofMinutes(15);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    @Mixin
    private Home home;

    @Mixin
    private Person person;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "Action or incident; may be left out while only one action waits.")
    private String id;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    private final ControlKind kind;

    DecideCommands(ControlKind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        Client client = Client.connect(home);
        Map<String, ActionEvent> known = new LinkedHashMap<>();
        NightReader.actions(client).forEach(event -> known.put(event.getActionId(), event));
        Optional<ActionEvent> waiting = theOneThatWaits(known);
        if (waiting.isEmpty()) {
            return tell(new Outcome(kind, person.name(), null, null, false), nothingWaits(known));
        }
        Outcome outcome = decide(client, waiting.get());
        return tell(outcome, outcome.sentence());
    }

    private Outcome decide(Client client, ActionEvent waiting) throws InterruptedException {
        try (NextEvent next = NextEvent.after(client, waiting);
                Controls controls = client.controls(person)) {
            controls.write(new Controls.Decision(
                    kind,
                    waiting.getActionId(),
                    waiting.getPlanHash(),
                    person.name(),
                    person.reason(),
                    COUNTS_FOR,
                    arguments(person),
                    "cli"));
            ActionEvent answer = next.await(ANSWER_WITHIN).orElse(null);
            boolean halted = Files.exists(client.installation().haltFile());
            return new Outcome(kind, person.name(), waiting, answer, halted);
        }
    }

    /** What the decision says beside its kind. */
    Map<String, String> arguments(Person decider) {
        return Map.of();
    }

    private int tell(Outcome outcome, String sentence) throws JsonProcessingException {
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(outcome.fields(sentence)));
        } else {
            System.out.println(sentence);
        }
        return outcome.isDone() ? 0 : 1;
    }

    /** Empty when nothing waits that this could be about. */
    private Optional<ActionEvent> theOneThatWaits(Map<String, ActionEvent> known) {
        boolean heardOf = id == null
                || known.values().stream()
                        .anyMatch(event -> id.equals(event.getActionId()) || id.equals(event.getIncidentId()));
        if (!heardOf) {
            throw new UsageException(
                    "there is no action '" + id + "' and none of such an incident; ./nightshift actions lists them");
        }
        List<ActionEvent> waiting = known.values().stream()
                .filter(event -> event.getStatus() == ActionStatus.AWAITING_APPROVAL)
                .filter(event -> id == null || id.equals(event.getActionId()) || id.equals(event.getIncidentId()))
                .toList();
        if (waiting.size() > 1) {
            throw new UsageException(severalWait(waiting));
        }
        return waiting.stream().findFirst();
    }

    private String nothingWaits(Map<String, ActionEvent> known) {
        ActionEvent named = id == null ? null : known.get(id);
        return named == null
                ? "no action" + (id == null ? "" : " of '" + id + "'") + " waits for a decision"
                : "the action '" + id + "' does not wait for a decision: " + Words.action(named);
    }

    private static String severalWait(List<ActionEvent> waiting) {
        StringBuilder text = new StringBuilder("several actions wait; name one:");
        waiting.forEach(event ->
                text.append("\n  ").append(event.getActionId()).append("  ").append(Words.plain(event.getSentence())));
        return text.toString();
    }

    /** {@code nightshift approve}. */
    @Command(
            name = "approve",
            description = "Approves an action that waits. The approval is bound to exactly that plan.",
            footer = {
                "",
                "Exit status: 0 it is allowed, or a second person must approve too; 1 nothing is done, as while",
                "halted; 2 usage; 3 Kafka can't be reached."
            })
    public static final class Approve extends DecideCommands {
        @Option(
                names = "--emergency",
                description =
                        "Approve alone, whoever asked and however many are wanted, where that is permitted; another"
                                + " person reviews it afterwards. Needs --reason.")
        private boolean emergency;

        public Approve() {
            super(ControlKind.APPROVE);
        }

        @Override
        Map<String, String> arguments(Person decider) {
            if (emergency && decider.reason().isBlank()) {
                throw new UsageException("an emergency needs a reason, for whoever reviews it; give it with --reason");
            }
            return emergency ? EmergencyRule.approval() : Map.of();
        }
    }

    /** {@code nightshift deny}. */
    @Command(
            name = "deny",
            description = "Denies an action that waits. The denial holds for a while: remediate.denialHolds.",
            footer = {"", "Exit status: 0 it is denied; 1 it was too late; 2 usage; 3 Kafka can't be reached."})
    public static final class Deny extends DecideCommands {
        public Deny() {
            super(ControlKind.DENY);
        }
    }
}
