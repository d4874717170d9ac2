package io.nightshift.oversee.domain.summary;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Claim;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.RecordRef;
import io.nightshift.events.StepResult;
import io.nightshift.events.Verdict;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.runtime.text.Markdown;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the engineer reads in the morning about one incident, in Markdown. All text that came from outside is escaped. */
public final class MorningSummary {

    private final DateTimeFormatter time;
    private final DateTimeFormatter dateAndTime;
    private final Markdown out = new Markdown();
    private final IncidentFile file;

    private MorningSummary(IncidentFile file, ZoneId zone) {
        this.file = file;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
        this.dateAndTime = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm:ss zzz", Locale.ENGLISH)
                .withZone(zone);
    }

    /** The summary as it stands now; sections about what has not happened yet say so. */
    public static String of(IncidentFile file, ZoneId zone) {
        return new MorningSummary(file, zone).write();
    }

    private String write() {
        Optional<Incident> incident = file.latest();
        out.heading(1, incident.map(Incident::getSentence).orElse("Incident " + file.id()));
        incident.ifPresent(this::facts);
        file.revocation().ifPresent(this::revoked);
        inShort();
        whatHappened();
        file.answer().ifPresent(this::whyWeThinkSo);
        whatWasDone();
        proofOfRecovery();
        whatWasLearned();
        return out.toString();
    }

    private void facts(Incident incident) {
        out.line("Incident " + Markdown.code(incident.getId()) + ", environment "
                + Markdown.escape(incident.getEnvironment()) + ", began " + dateAndTime.format(incident.getOnset())
                + incident(incident) + ". " + (incident.getPages() ? "Users were affected." : "It does not page."));
    }

    private void revoked(ControlRecord revocation) {
        out.line("**Revoked:** " + Markdown.escape(revocation.getActor()) + " took it out of what is learned from, "
                + dateAndTime.format(revocation.getAt())
                + (revocation.getReason().isEmpty() ? "" : ", reason: " + Markdown.code(revocation.getReason())) + ".");
    }

    /** Cause, repair and outcome in three lines, for whoever reads no further. */
    private void inShort() {
        file.answer()
                .filter(answer -> !answer.getHypotheses().isEmpty())
                .map(answer -> answer.getHypotheses().get(0))
                .ifPresent(best -> out.item("**Cause:** " + Markdown.escape(service(best.getService())) + ", "
                        + words(best.getCauseClass()) + " (" + Math.round(best.getConfidence() * 100) + " % sure)"));
        List<ActionEvent> actions = file.actions();
        if (actions.isEmpty()) {
            out.item("**Repair:** none");
            return;
        }
        ActionEvent last = actions.get(actions.size() - 1);
        boolean begun = with(ActionStatus.STARTED).isPresent();
        out.item("**Repair:** " + words(last.getAction()) + " of " + Markdown.escape(service(last.getTarget()))
                + (begun ? "" : ", not carried out"));
        out.item("**Outcome:** " + Markdown.escape(last.getSentence()));
    }

    private static String service(String key) {
        return key.isEmpty() ? "outside" : key.substring(key.lastIndexOf('/') + 1);
    }

    private String incident(Incident incident) {
        return incident.getResolvedAt() == null
                ? ", still open at " + at(incident.getUpdatedAt())
                : ", resolved " + at(incident.getResolvedAt());
    }

    private void whatHappened() {
        out.heading(2, "What happened");
        file.latest().ifPresent(incident -> incident.getAnomalies().stream()
                .sorted((a, b) -> a.getOnset().compareTo(b.getOnset()))
                .limit(12)
                .forEach(anomaly -> out.item(at(anomaly.getOnset()) + " " + Markdown.escape(anomaly.getSentence()))));
        file.latest()
                .filter(incident -> incident.getMemberCount() > 12)
                .ifPresent(incident -> out.item((incident.getMemberCount() - 12) + " further anomalies."));
    }

    private void whyWeThinkSo(Investigation investigation) {
        out.heading(2, "Why we think so");
        out.line(Markdown.escape(investigation.getSentence()));
        out.line("Answered by the " + words(investigation.getEngine()) + " investigator"
                + (investigation.getEngineNote().isEmpty()
                        ? ""
                        : " (" + Markdown.escape(investigation.getEngineNote()) + ")")
                + ".");
        if (!investigation.getHypotheses().isEmpty()) {
            Hypothesis best = investigation.getHypotheses().get(0);
            if (!best.getChain().isEmpty()) {
                out.line("From the cause to the users: "
                        + Markdown.escape(String.join(
                                " → ",
                                best.getChain().stream()
                                        .map(MorningSummary::service)
                                        .toList()))
                        + ".");
            }
            claims("For", best.getEvidenceFor());
            claims("Against", best.getEvidenceAgainst());
            evidence(investigation, best);
        }
        considered(investigation);
        investigation
                .getLessons()
                .forEach(lesson -> out.item("Lesson used: " + Markdown.escape(lesson.getEffect()) + " \\["
                        + Markdown.escape(lesson.getEvidenceId()) + "\\]"));
    }

    private void considered(Investigation investigation) {
        if (!investigation.getConsidered().isEmpty()) {
            out.line("Considered and refused:");
        }
        investigation
                .getConsidered()
                .forEach(other -> out.item(Markdown.escape(other.getWhat()) + " — " + Markdown.escape(other.getWhy())));
    }

    private void claims(String side, List<Claim> claims) {
        claims.forEach(claim -> out.item(side + ": " + Markdown.escape(claim.getText())
                + (claim.getEvidenceIds().isEmpty()
                        ? ""
                        : " \\[" + Markdown.escape(String.join(", ", claim.getEvidenceIds())) + "\\]")));
    }

    /** Where the cited evidence stands in Kafka. */
    private void evidence(Investigation investigation, Hypothesis best) {
        Set<String> cited = new LinkedHashSet<>();
        best.getEvidenceFor().forEach(claim -> cited.addAll(claim.getEvidenceIds()));
        best.getEvidenceAgainst().forEach(claim -> cited.addAll(claim.getEvidenceIds()));
        for (EvidenceItem item : investigation.getEvidence()) {
            if (cited.contains(item.getId()) && !item.getRefs().isEmpty()) {
                RecordRef ref = item.getRefs().get(0);
                out.item("Evidence " + Markdown.escape(item.getId()) + ", " + Markdown.escape(item.getText()) + ": "
                        + Markdown.code(ref.getTopic() + "-" + ref.getPartition() + "@" + ref.getOffset()));
            }
        }
    }

    private void whatWasDone() {
        out.heading(2, "What was done, and by which rule");
        if (file.actions().isEmpty()) {
            out.line("Nothing was done.");
        }
        Set<String> explained = new LinkedHashSet<>();
        for (ActionEvent event : file.actions()) {
            out.item(at(event.getAt()) + " " + Markdown.escape(event.getSentence()));
            Verdict verdict = event.getVerdict();
            if (verdict != null && explained.add(event.getActionId() + verdict.getRules())) {
                out.subItem("rules: " + Markdown.escape(String.join(", ", verdict.getRules())) + "; policy "
                        + Markdown.code(first(verdict.getPolicyVersion(), 12)) + ", autonomy level "
                        + verdict.getLevel());
                if (!verdict.getApprovals().isEmpty()) {
                    out.subItem("approved by " + Markdown.escape(String.join(", ", verdict.getApprovals())));
                }
            }
            if (event.getStatus() == ActionStatus.SUCCEEDED) {
                event.getSteps().forEach(this::step);
                event.getEvidenceKept().forEach(kept -> out.subItem("kept before the repair: " + Markdown.code(kept)));
            }
        }
    }

    private void step(StepResult step) {
        out.subItem(Markdown.escape(step.getInstance() + ": " + words(step.getStatus())
                + (step.getMessage().isEmpty() ? "" : ", " + step.getMessage())));
    }

    private void proofOfRecovery() {
        out.heading(2, "Proof of recovery, and whether it held");
        Optional<ActionEvent> recovered = with(ActionStatus.RECOVERED);
        if (recovered.isEmpty()) {
            out.line("No recovery was verified.");
        }
        recovered.ifPresent(event -> {
            out.line("Recovered " + at(event.getAt())
                    + (event.getRecoverySeconds() == null
                            ? ""
                            : ", "
                                    + Duration.ofMillis((long) (event.getRecoverySeconds() * 1000))
                                            .toSeconds() + " s after it began")
                    + ".");
            event.getProbes().forEach(this::probe);
        });
        with(ActionStatus.HELD)
                .ifPresent(event ->
                        out.line("It held, as of " + at(event.getAt()) + ": " + Markdown.escape(event.getSentence())));
        with(ActionStatus.RECURRED)
                .ifPresent(event ->
                        out.line("It came back at " + at(event.getAt()) + ": " + Markdown.escape(event.getSentence())));
        with(ActionStatus.ESCALATED)
                .ifPresent(event -> out.line("**A person is needed:** " + Markdown.escape(event.getSentence())));
    }

    private void probe(ProbeResult probe) {
        out.item(Markdown.escape("probe " + probe.getProbe() + " of " + probe.getSubject() + " "
                + (probe.getPassed() ? "passed" : "failed") + " at " + at(probe.getAt())
                + (probe.getMessage().isEmpty() ? "" : ": " + probe.getMessage())));
    }

    private void whatWasLearned() {
        out.heading(2, "What was learned");
        if (file.revocation().isPresent()) {
            out.line("Nothing: the incident was revoked.");
            return;
        }
        if (file.lessons().isEmpty()) {
            out.line("Nothing yet: a lesson is written when it is known whether the repair held.");
        }
        file.lessons().stream().map(Lesson::getSentence).distinct().forEach(s -> out.item(Markdown.escape(s)));
    }

    private Optional<ActionEvent> with(ActionStatus status) {
        return file.actions().stream()
                .filter(event -> event.getStatus() == status)
                .reduce((a, b) -> b);
    }

    private String at(Instant instant) {
        return time.format(instant);
    }

    private static String first(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters);
    }

    private static String words(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
