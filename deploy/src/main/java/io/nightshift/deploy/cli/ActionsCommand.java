package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Emergency;
import io.nightshift.remediate.domain.EmergencyRule;
import io.nightshift.remediate.domain.Signer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nightshift actions}. */
@Command(name = "actions", description = "Lists the actions: those that wait for a person first, then the newest.")
public final class ActionsCommand implements Callable<Integer> {

    private static final Comparator<ActionEvent> WAITING_FIRST = Comparator.comparing(event -> !waits(event));

    @Mixin
    private Home home;

    @Option(names = "--waiting", description = "Only those that wait for a person.")
    private boolean waiting;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        List<ActionEvent> actions = NightReader.actions(Client.connect(home)).stream()
                .filter(event -> !waiting || waits(event))
                .sorted(WAITING_FIRST.thenComparing(ActionEvent::getAt, Comparator.reverseOrder()))
                .toList();
        if (json) {
            System.out.println(new ObjectMapper()
                    .writeValueAsString(
                            actions.stream().map(ActionsCommand::fields).toList()));
            return 0;
        }
        Instant now = Instant.now();
        actions.forEach(event -> System.out.println(String.join(
                "  ",
                event.getActionId(),
                Words.age(Duration.between(event.getAt(), now)),
                Words.action(event),
                Words.plain(event.getSentence()) + review(event))));
        if (actions.isEmpty()) {
            System.out.println(waiting ? "no action waits for a person" : "no action");
        }
        return 0;
    }

    /** For an approval, or for another person's review of one that was given alone. */
    private static boolean waits(ActionEvent event) {
        return event.getStatus() == ActionStatus.AWAITING_APPROVAL || EmergencyRule.awaitsReview(event);
    }

    private static String review(ActionEvent event) {
        return EmergencyRule.awaitsReview(event)
                ? " (emergency: another person reviews it until "
                        + event.getEmergency().getReviewDue().truncatedTo(ChronoUnit.SECONDS) + "; ./nightshift"
                        + " review-emergency " + event.getActionId() + ")"
                : "";
    }

    private static Map<String, Object> fields(ActionEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("actionId", event.getActionId());
        fields.put("incidentId", event.getIncidentId());
        fields.put("status", event.getStatus().name());
        fields.put("action", event.getAction().name());
        fields.put("target", event.getTarget());
        fields.put("at", event.getAt().toString());
        fields.put("sentence", event.getSentence());
        if (event.getEmergency() != null) {
            fields.put("emergency", emergency(event.getEmergency()));
        }
        return fields;
    }

    private static Map<String, Object> emergency(Emergency emergency) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("by", Signer.name(emergency.getBy()));
        fields.put("reason", emergency.getReason());
        fields.put("reviewDue", emergency.getReviewDue().toString());
        fields.put("overdue", emergency.getOverdue());
        fields.put("reviewedBy", emergency.getReviewedBy().isEmpty() ? null : Signer.name(emergency.getReviewedBy()));
        fields.put("accepted", emergency.getReviewedBy().isEmpty() ? null : emergency.getAccepted());
        return fields;
    }
}
