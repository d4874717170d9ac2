package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ControlKind;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.oversee.domain.view.ExplanationView;
import io.nightshift.oversee.people.Controls;
import io.nightshift.runtime.config.Durations;
import io.nightshift.schemas.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks why: signed, answered by the stage investigate, shown here. An answer to a question changes nothing. */
public abstract class QuestionCommands extends SteerCommands {

    private static final int FAILED = 1;

    @Spec
    CommandSpec spec;

    @Option(names = "--no-wait", description = "Ask and return; ./nightshift explain shows the answer later.")
    private boolean noWait;

    @Option(
            names = "--within",
            defaultValue = "90s",
            description = "How long to wait for the answer. Default: ${DEFAULT-VALUE}.")
    private String within;

    @Option(names = "--json", description = "Print the answer as one JSON object.")
    private boolean json;

    /**
     * Asks and shows the answer.
     *
     * @param subject incident or question
     * @return exit status
     */
    int ask(Client client, String subject, Question question) throws InterruptedException, JsonProcessingException {
        Duration patience = Durations.parse(within)
                .orElseThrow(() ->
                        new UsageException("'" + within + "' is no duration; write a number and a unit: 30s or 2m"));
        try (Answers answers = Answers.to(client, subject, question)) {
            try (Controls controls = client.controls()) {
                controls.write(new Controls.Decision(
                        ControlKind.INVESTIGATE,
                        subject,
                        null,
                        person.name(),
                        person.reason(),
                        null,
                        question.arguments(),
                        "cli"));
            }
            if (noWait) {
                System.out.println("asked; ./nightshift explain " + subject + " shows the answer when it is there");
                return 0;
            }
            Optional<Investigation> answer =
                    answers.await(patience, spec.commandLine().getErr());
            if (answer.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("nightshift: no answer within " + within + "; ./nightshift explain " + subject
                                + " shows it when it comes. Answering needs the stage investigate (./nightshift status), which"
                                + " must trust this installation's key and takes few questions at a time");
                return FAILED;
            }
            show(answer.get());
            return 0;
        }
    }

    private void show(Investigation answer) throws JsonProcessingException {
        ExplanationView explanation = ExplanationView.of(answer);
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(explanation));
            return;
        }
        new ExplanationText(explanation).brief().forEach(System.out::println);
        System.out.println();
        System.out.println("./nightshift explain " + answer.getId() + " shows the reasoning in full");
    }

    /** {@code nightshift investigate}. */
    @Command(
            name = "investigate",
            description =
                    "Has an incident looked into again, perhaps with a question, and shows the answer. One that is over"
                            + " is answered from what is stored, and nothing is proposed for it.")
    public static final class Investigate extends QuestionCommands {

        @Parameters(index = "0", paramLabel = "ID", description = "The incident; ./nightshift incidents lists them.")
        private String id;

        @Parameters(index = "1", arity = "0..1", paramLabel = "QUESTION", defaultValue = "", description = "In quotes.")
        private String text;

        @Override
        public Integer call() throws InterruptedException, JsonProcessingException {
            Client client = Client.connect(home);
            IncidentFile file = NightReader.incident(client, id);
            Incident incident = file.latest().orElseThrow();
            if (incident.getPhase() == IncidentPhase.MERGED && incident.getMergedInto() != null) {
                throw new UsageException(id + " became part of " + incident.getMergedInto() + "; ask about that one");
            }
            if (incident.getPhase() == IncidentPhase.RESOLVED) {
                spec.commandLine()
                        .getErr()
                        .println(id + " is over: it is answered from what is stored, and nothing is proposed");
            }
            return ask(client, id, question(() -> file.question(text).orElseThrow()));
        }
    }

    /** {@code nightshift ask}. */
    @Command(
            name = "ask",
            description =
                    "Answers a question about services, such as \"why is checkout slow?\"; no incident is needed.")
    public static final class Ask extends QuestionCommands {

        private static final Duration BEFORE = Duration.ofMinutes(30);
        private static final Duration AFTER = Duration.ofMinutes(5);

        @Parameters(paramLabel = "QUESTION", description = "In quotes; names one or more services.")
        private String text;

        @Option(names = "--service", description = "Which service, when the question does not name it.")
        private List<String> services = List.of();

        @Option(names = "--environment", defaultValue = "", description = "Where, when it is in several environments.")
        private String environment;

        @Option(
                names = "--at",
                description = "About which time: 03:12, 2026-11-20T03:12 (both local) or 2026-11-20T03:12:00Z. What was"
                        + " unusual in the half hour before counts. Default: now.")
        private String at;

        @Override
        public Integer call() throws InterruptedException, JsonProcessingException {
            if (text.isBlank()) {
                throw new UsageException("the question is empty; write one such as \"why is checkout slow?\"");
            }
            Instant now = Instant.now();
            Instant time = at == null ? null : PastTime.parse(at, now, ZoneId.systemDefault());
            Question question = question(() -> new Question(
                    text,
                    environment,
                    services,
                    time == null ? null : time.minus(BEFORE),
                    time == null ? null : earlier(time.plus(AFTER), now)));
            return ask(Client.connect(home), question.id(), question);
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }
    }

    private static Question question(Supplier<Question> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
