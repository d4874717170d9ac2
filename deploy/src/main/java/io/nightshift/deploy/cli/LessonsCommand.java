package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import io.nightshift.events.Prevention;
import io.nightshift.oversee.people.Controls;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightshift lessons}. */
@Command(
        name = "lessons",
        description =
                "Lists what was learned, the newest last, what came back so often that it should be prevented, and which"
                        + " incidents were revoked.",
        subcommands = LessonsCommand.Revoke.class)
public final class LessonsCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Option(names = "--service", description = "Only of this service: environment/namespace/service.")
    private String service;

    @Option(names = "--json", description = "Print one JSON object: lessons, preventions, revoked.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        Client client = Client.connect(home);
        List<ControlRecord> revoked =
                client.lastWords(control -> control.getKind() == ControlKind.REVOKE).values().stream()
                        .sorted(Comparator.comparing(ControlRecord::getAt))
                        .toList();
        List<Lesson> lessons = client.latest(client.topics().lessons()).values().stream()
                .filter(lesson -> service == null || lesson.getService().equals(service))
                .sorted(Comparator.comparing(Lesson::getUpdatedAt).thenComparing(Lesson::getSentence))
                .toList();
        Collection<Prevention> preventions = client.latest(client.topics().preventions()).values().stream()
                .filter(prevention ->
                        service == null || prevention.getServices().contains(service))
                .sorted(Comparator.comparing(Prevention::getLastAt))
                .toList();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("lessons", lessons.stream().map(LessonsCommand::fields).toList());
            all.put(
                    "preventions",
                    preventions.stream().map(LessonsCommand::fields).toList());
            all.put("revoked", revoked.stream().map(LessonsCommand::fields).toList());
            System.out.println(new ObjectMapper().writeValueAsString(all));
            return 0;
        }
        Instant now = Instant.now();
        lessons.forEach(lesson -> System.out.println(line(lesson, now)));
        preventions.forEach(prevention -> System.out.println("prevent: " + Words.plain(prevention.getSentence())));
        if (lessons.isEmpty() && preventions.isEmpty()) {
            System.out.println("nothing was learned yet");
        }
        revoked.forEach(control -> System.out.println("revoked: nothing is learned from " + said(control)));
        return 0;
    }

    /** Such as "inc-1: alice revoked it at 2026-01-10T03:12:00Z: a drill". */
    private static String said(ControlRecord revoked) {
        return Words.plain(revoked.getSubject()) + ": " + Words.plain(revoked.getActor()) + " revoked it at "
                + revoked.getAt()
                + (revoked.getReason().isEmpty() ? "" : ": " + Words.plain(revoked.getReason()));
    }

    private static Map<String, Object> fields(ControlRecord revoked) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("incident", revoked.getSubject());
        fields.put("by", revoked.getActor());
        fields.put("at", revoked.getAt().toString());
        fields.put("reason", revoked.getReason());
        return fields;
    }

    private static String line(Lesson lesson, Instant now) {
        String incident =
                lesson.getLatest().isEmpty() ? "-" : lesson.getLatest().get(0).getIncidentId();
        return Words.age(Duration.between(lesson.getUpdatedAt(), now)) + "  " + Words.plain(incident) + "  "
                + Words.plain(lesson.getSentence())
                + (lesson.getRepeated() == 0 ? "" : "  The same mistake twice: " + lesson.getRepeated() + ".");
    }

    private static Map<String, Object> fields(Lesson lesson) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("fingerprint", lesson.getFingerprint());
        fields.put("cause", lesson.getCauseClass().name());
        fields.put("service", lesson.getService());
        fields.put("action", lesson.getAction().name());
        fields.put("held", lesson.getHeld());
        fields.put("recurred", lesson.getRecurred());
        fields.put("ineffective", lesson.getIneffective());
        fields.put("harmful", lesson.getHarmful());
        fields.put("undone", lesson.getUndone());
        fields.put("humanDidIt", lesson.getHumanSame());
        fields.put("humanDidOtherwise", lesson.getHumanOther());
        fields.put("sameMistakeTwice", lesson.getRepeated());
        fields.put("updatedAt", lesson.getUpdatedAt().toString());
        fields.put(
                "latest",
                lesson.getLatest().stream().map(LessonsCommand::fields).toList());
        fields.put("sentence", lesson.getSentence());
        return fields;
    }

    private static Map<String, Object> fields(LessonOutcome outcome) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("incident", outcome.getIncidentId());
        fields.put("outcome", outcome.getOutcome().name());
        fields.put("at", outcome.getAt().toString());
        fields.put("attribution", outcome.getAttribution().name());
        fields.put("because", outcome.getBecause());
        return fields;
    }

    private static Map<String, Object> fields(Prevention prevention) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("fingerprint", prevention.getFingerprint());
        fields.put("times", prevention.getTimes());
        fields.put("services", prevention.getServices());
        fields.put("incidents", prevention.getIncidents());
        fields.put("lastAt", prevention.getLastAt().toString());
        fields.put("sentence", prevention.getSentence());
        return fields;
    }

    /** {@code nightshift lessons revoke}. */
    @Command(
            name = "revoke",
            description = {
                "Unlearns an incident: lessons and trust become what they would be had it never been seen.",
                "Signed by you, and for good; the incident itself stays in its topics and in the ledger."
            })
    public static final class Revoke implements Callable<Integer> {

        @Mixin
        private Home home;

        @Mixin
        private Person person;

        @Parameters(paramLabel = "INCIDENT", description = "The incident; ./nightshift incidents lists them.")
        private String id;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException, JsonProcessingException {
            Client client = Client.connect(home);
            refuseUnknown(client);
            ControlRecord before = client.lastWords(control -> control.getKind() == ControlKind.REVOKE)
                    .get(id);
            if (before == null) {
                try (Controls controls = client.controls()) {
                    controls.write(new Controls.Decision(
                            ControlKind.REVOKE, id, null, person.name(), person.reason(), null, Map.of(), "cli"));
                }
            }
            if (json) {
                System.out.println(
                        new ObjectMapper().writeValueAsString(Map.of("incident", id, "written", before == null)));
            } else {
                System.out.println(
                        before == null
                                ? "revoked: nothing is learned from " + id
                                : "nothing changes: " + Words.plain(before.getActor()) + " revoked " + id + " at "
                                        + before.getAt());
            }
            return 0;
        }

        private void refuseUnknown(Client client) throws InterruptedException {
            Set<String> known = new HashSet<>();
            client.read(List.of(client.topics().incidents()), record -> known.add(((Incident) record).getId()));
            if (!known.contains(id)) {
                throw new UsageException("there is no incident '" + id + "'; ./nightshift incidents lists them");
            }
        }
    }
}
