package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlKind;
import io.nightshift.oversee.people.Controls;
import io.nightshift.remediate.domain.EmergencyRule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightshift review-emergency}. */
@Command(
        name = "review-emergency",
        description =
                "Reviews an action that somebody else approved alone in an emergency. It changes nothing that was done.",
        footer = {
            "",
            "./nightshift actions --waiting lists what waits for a review.",
            "Exit status: 0 reviewed; 1 it does not count; 2 usage; 3 Kafka can't be reached."
        })
public final class ReviewEmergencyCommand implements Callable<Integer> {

    private static final Duration COUNTS_FOR = Duration.ofMinutes(15);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    @Mixin
    private Home home;

    @Mixin
    private Person person;

    @Parameters(paramLabel = "ACTION", description = "Action that was approved in an emergency.")
    private String id;

    @ArgGroup(multiplicity = "1")
    private Opinion opinion;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** One of both. */
    static final class Opinion {
        @Option(names = "--accept", required = true, description = "It was justified.")
        private boolean accept;

        @Option(names = "--reject", required = true, description = "It was not.")
        private boolean reject;
    }

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        if (person.reason().isBlank()) {
            throw new UsageException("a review needs a reason, for the ledger; give it with --reason");
        }
        Client client = Client.connect(home);
        ActionEvent last = NightReader.actions(client).stream()
                .filter(event -> event.getActionId().equals(id) && event.getEmergency() != null)
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no action '" + id
                        + "' that was approved in an emergency; ./nightshift actions --waiting lists those to review"));
        ActionEvent answer = review(client, last);
        boolean counts = answer != null
                && answer.getEmergency() != null
                && !answer.getEmergency().getReviewedBy().isEmpty()
                && last.getEmergency().getReviewedBy().isEmpty();
        String sentence = answer == null
                ? "the review is recorded, but nothing has answered it; one that does not count stands in the dead letters"
                        + " with its reason, ./nightshift status tells whether admission runs"
                : Words.plain(answer.getSentence());
        tell(counts, sentence);
        return counts ? 0 : 1;
    }

    private ActionEvent review(Client client, ActionEvent last) throws InterruptedException {
        try (NextEvent next = NextEvent.after(client, last);
                Controls controls = client.controls(person)) {
            controls.write(new Controls.Decision(
                    ControlKind.REVIEW,
                    id,
                    null,
                    person.name(),
                    person.reason(),
                    COUNTS_FOR,
                    EmergencyRule.review(opinion.accept),
                    "cli"));
            return next.await(ANSWER_WITHIN).orElse(null);
        }
    }

    private void tell(boolean counts, String sentence) throws JsonProcessingException {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("actionId", id);
            fields.put("accepted", opinion.accept);
            fields.put("done", counts);
            fields.put("sentence", sentence);
            System.out.println(new ObjectMapper().writeValueAsString(fields));
        } else {
            System.out.println(sentence);
        }
    }
}
