package io.nightshift.oversee.domain.view;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Anomaly;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.StepResult;
import io.nightshift.events.Verdict;
import io.nightshift.oversee.domain.night.IncidentFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Puts what is known of one incident in the order in which it happened. */
final class Timeline {

    private static final int MOST_ANOMALIES = 40;
    private static final int MOST_ENTRIES = 300;

    private final List<TimelineEntry> entries = new ArrayList<>();

    private Timeline() {}

    /**
     * @param anomalies those of the incident, as they stand now
     * @param controls what people decided about it
     */
    static List<TimelineEntry> of(
            IncidentFile file, Collection<Anomaly> anomalies, Collection<ControlRecord> controls) {
        Timeline timeline = new Timeline();
        timeline.anomalies(anomalies);
        timeline.versions(file.versions());
        file.investigations().forEach(timeline::investigation);
        controls.forEach(timeline::control);
        file.actions().forEach(timeline::action);
        file.lessons().forEach(timeline::lesson);
        timeline.entries.sort(Comparator.comparingLong(TimelineEntry::at));
        return timeline.bounded();
    }

    private List<TimelineEntry> bounded() {
        if (entries.size() <= MOST_ENTRIES) {
            return List.copyOf(entries);
        }
        int left = entries.size() - MOST_ENTRIES;
        List<TimelineEntry> ends = new ArrayList<>(entries.subList(0, MOST_ENTRIES / 2));
        ends.add(entry(
                ends.get(ends.size() - 1).at(), "incident", "calm", left + " entries are left out here", List.of()));
        ends.addAll(entries.subList(entries.size() - MOST_ENTRIES / 2, entries.size()));
        return ends;
    }

    private void anomalies(Collection<Anomaly> anomalies) {
        anomalies.stream()
                .sorted(Comparator.comparing(Anomaly::getDetectedAt))
                .limit(MOST_ANOMALIES)
                .forEach(this::anomaly);
    }

    private void anomaly(Anomaly anomaly) {
        long detected = anomaly.getDetectedAt().toEpochMilli();
        long before = (detected - anomaly.getOnset().toEpochMilli()) / 1000;
        List<String> details = before > 0 ? List.of("began " + before + " s before it was noticed") : List.of();
        add(detected, "anomaly", "warn", anomaly.getSentence(), details);
        if (anomaly.getClearedAt() != null) {
            add(
                    anomaly.getClearedAt().toEpochMilli(),
                    "cleared",
                    "good",
                    "back to normal: " + Words.of(anomaly.getSubject()) + ", " + anomaly.getName(),
                    List.of());
        }
    }

    private void versions(List<Incident> versions) {
        Incident before = null;
        for (Incident now : versions) {
            boolean told = before != null
                    && before.getPhase() == now.getPhase()
                    && before.getPages() == now.getPages()
                    && before.getSentence().equals(now.getSentence());
            if (!told) {
                add(now.getUpdatedAt().toEpochMilli(), "incident", tone(now), text(now), List.of());
            }
            before = now;
        }
    }

    private static String tone(Incident incident) {
        return switch (incident.getPhase()) {
            case RESOLVED -> "good";
            case MERGED -> "calm";
            default -> incident.getPages() ? "bad" : "warn";
        };
    }

    private static String text(Incident incident) {
        String what =
                switch (incident.getPhase()) {
                    case OPEN -> "Incident opened: ";
                    case RESOLVED -> "Incident resolved: ";
                    case MERGED -> "Became part of " + incident.getMergedInto() + ": ";
                    case UPDATE, UNKNOWN -> "Incident now: ";
                };
        boolean quiet = incident.getPhase() == IncidentPhase.OPEN && !incident.getPages();
        return what + incident.getSentence() + (quiet ? " (does not page)" : "");
    }

    private void investigation(Investigation answer) {
        List<String> details = new ArrayList<>();
        if (answer.getQuestion() != null && !answer.getQuestion().isEmpty()) {
            details.add("asked: " + answer.getQuestion());
        }
        details.add("answered by the " + Words.of(answer.getEngine()) + " investigator in "
                + (answer.getFinishedAt().toEpochMilli() - answer.getStartedAt().toEpochMilli()) + " ms");
        details.add(
                answer.getProposal() == null
                        ? "proposes nothing: " + answer.getNoProposalReason()
                        : "proposes " + Words.of(answer.getProposal().getAction()) + " of "
                                + Words.serviceName(answer.getProposal().getTarget()));
        answer.getLessons().forEach(lesson -> details.add("lesson used: " + lesson.getEffect()));
        add(answer.getFinishedAt().toEpochMilli(), "investigation", "calm", answer.getSentence(), details);
    }

    private void control(ControlRecord control) {
        add(
                control.getAt().toEpochMilli(),
                "person",
                "person",
                control.getActor() + ": " + Words.of(control.getKind()),
                Stream.of(control.getArguments().getOrDefault("question", ""), control.getReason())
                        .filter(said -> !said.isEmpty())
                        .toList());
    }

    private void action(ActionEvent event) {
        List<String> details = new ArrayList<>();
        if (event.getVerdict() != null && decides(event.getStatus())) {
            verdict(event.getVerdict(), details);
        }
        event.getSteps().forEach(step -> details.add(step(step)));
        event.getEvidenceKept().forEach(kept -> details.add("kept before: " + kept));
        event.getProbes().forEach(probe -> details.add(probe(probe)));
        add(
                event.getAt().toEpochMilli(),
                kind(event.getStatus()),
                Standing.tone(event.getStatus()),
                event.getSentence(),
                details);
    }

    private static boolean decides(ActionStatus status) {
        return kind(status).equals("policy") && status != ActionStatus.PROPOSED;
    }

    private static String kind(ActionStatus status) {
        return switch (status) {
            case PROPOSED, AWAITING_APPROVAL, DENIED, EXPIRED, WITHDRAWN, ALLOWED, SHADOWED -> "policy";
            case STARTED, SUCCEEDED, FAILED, IN_DOUBT, UNDOING, ROLLED_BACK -> "act";
            case RECOVERED, NOT_RECOVERED, HELD, RECURRED -> "verify";
            case ESCALATED, UNKNOWN -> "person";
        };
    }

    private static void verdict(Verdict verdict, List<String> details) {
        details.add(Words.of(verdict.getDecision()) + " by " + String.join(", ", verdict.getRules())
                + ", autonomy level " + verdict.getLevel());
        details.addAll(verdict.getReasons());
    }

    private static String step(StepResult step) {
        return step.getInstance() + ": " + Words.of(step.getStatus())
                + (step.getMessage().isEmpty() ? "" : ", " + step.getMessage());
    }

    private static String probe(ProbeResult probe) {
        return "probe " + probe.getProbe() + " of " + probe.getSubject() + (probe.getPassed() ? " passed" : " failed")
                + (probe.getMessage().isEmpty() ? "" : ": " + probe.getMessage());
    }

    private void lesson(Lesson lesson) {
        add(lesson.getUpdatedAt().toEpochMilli(), "learned", "calm", lesson.getSentence(), List.of());
    }

    private void add(long at, String kind, String tone, String text, List<String> details) {
        entries.add(entry(at, kind, tone, text, details));
    }

    private static TimelineEntry entry(long at, String kind, String tone, String text, List<String> details) {
        return new TimelineEntry(at, kind, tone, text, List.copyOf(details));
    }
}
