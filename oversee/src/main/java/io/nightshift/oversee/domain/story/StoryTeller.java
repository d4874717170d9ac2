package io.nightshift.oversee.domain.story;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Alternative;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.ProbeResult;
import io.nightshift.oversee.domain.story.StoryLine.Weight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns decision records into lines that a person can follow as they happen; says each thing once. Not thread-safe. */
public final class StoryTeller {

    private static final int MOST_CONSIDERED = 4;

    private static final int MOST_REMEMBERED = 20_000;

    /** The oldest are forgotten, so that a story of months stays bounded. */
    private final Set<String> told = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    private final Signs signs = new Signs();

    /** The first sign of each service, counts of the others, and when a service is quiet again. */
    public List<StoryLine> tell(Anomaly anomaly) {
        if (anomaly.getPhase() == AnomalyPhase.UPDATE || !told.add(anomaly.getId() + anomaly.getPhase())) {
            return List.of();
        }
        return signs.tell(anomaly);
    }

    /** An incident is told when it opens, when it first affects users, and when it ends. */
    public List<StoryLine> tell(Incident incident) {
        IncidentPhase phase = incident.getPhase();
        boolean pagesNow = incident.getPages() && told.add(incident.getId() + "pages");
        boolean newPhase = phase != IncidentPhase.UPDATE && told.add(incident.getId() + phase);
        if (!newPhase && !pagesNow) {
            return List.of();
        }
        String what =
                switch (phase) {
                    case OPEN -> "incident opened" + (incident.getPages() ? "" : " (does not page)");
                    case UPDATE -> "incident now affects users";
                    case RESOLVED -> "incident resolved";
                    case MERGED -> "incident became part of " + incident.getMergedInto();
                    case UNKNOWN -> "incident";
                };
        List<StoryLine> lines = new ArrayList<>();
        signs.counts(incident.getUpdatedAt()).ifPresent(lines::add);
        lines.add(line(
                incident.getUpdatedAt(),
                "correlate",
                incident.getPages() ? Weight.STRONG : Weight.NORMAL,
                what + " — " + incident.getSentence() + " [" + incident.getId() + "]"));
        return lines;
    }

    public List<StoryLine> tell(Investigation investigation) {
        if (!told.add(investigation.getIncidentId() + answerOf(investigation))) {
            return List.of();
        }
        Instant at = investigation.getFinishedAt();
        List<StoryLine> lines = new ArrayList<>();
        lines.add(line(at, "investigate", Weight.STRONG, investigation.getSentence()));
        if (!investigation.getHypotheses().isEmpty()) {
            Hypothesis best = investigation.getHypotheses().get(0);
            best.getEvidenceFor().stream()
                    .limit(4)
                    .forEach(claim -> lines.add(line(at, "investigate", Weight.DETAIL, "for: " + claim.getText())));
            best.getEvidenceAgainst().stream()
                    .limit(2)
                    .forEach(claim -> lines.add(line(at, "investigate", Weight.DETAIL, "against: " + claim.getText())));
        }
        for (Alternative refused :
                investigation.getConsidered().stream().limit(MOST_CONSIDERED).toList()) {
            lines.add(
                    line(at, "investigate", Weight.NORMAL, "refused: " + refused.getWhat() + " — " + refused.getWhy()));
        }
        investigation
                .getLessons()
                .forEach(lesson ->
                        lines.add(line(at, "investigate", Weight.NORMAL, "lesson used: " + lesson.getEffect())));
        lines.add(line(
                at,
                "investigate",
                Weight.NORMAL,
                investigation.getProposal() == null
                        ? "proposes nothing: " + investigation.getNoProposalReason()
                        : "proposes " + words(investigation.getProposal().getAction()) + " of "
                                + investigation.getProposal().getTarget()));
        return lines;
    }

    /** What makes an answer a new one: cause, place and proposal, not another shade of confidence. */
    private static String answerOf(Investigation investigation) {
        String cause = investigation.getHypotheses().stream()
                .findFirst()
                .map(best -> best.getService() + best.getCauseClass())
                .orElse("");
        return cause
                + (investigation.getProposal() == null
                        ? ""
                        : investigation.getProposal().getAction());
    }

    public List<StoryLine> tell(ActionEvent event) {
        if (!told.add(event.getId())) {
            return List.of();
        }
        List<StoryLine> lines = new ArrayList<>();
        lines.add(line(event.getAt(), phaseOf(event.getStatus()), weightOf(event.getStatus()), event.getSentence()));
        if (event.getVerdict() != null && decides(event.getStatus())) {
            lines.add(line(
                    event.getAt(),
                    "policy",
                    Weight.DETAIL,
                    "by " + String.join(", ", event.getVerdict().getRules())
                            + reasons(event.getVerdict().getReasons())));
        }
        for (ProbeResult probe : event.getProbes()) {
            lines.add(line(
                    event.getAt(),
                    phaseOf(event.getStatus()),
                    Weight.DETAIL,
                    "probe " + probe.getProbe() + " of " + probe.getSubject() + ": "
                            + (probe.getPassed() ? "passed" : "failed")
                            + (probe.getMessage().isEmpty() ? "" : ", " + probe.getMessage())));
        }
        return lines;
    }

    public List<StoryLine> tell(Lesson lesson) {
        return told.add(lesson.getSentence() + lesson.getUpdatedAt())
                ? List.of(line(lesson.getUpdatedAt(), "learn", Weight.NORMAL, lesson.getSentence()))
                : List.of();
    }

    private static String reasons(List<String> reasons) {
        return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
    }

    private static boolean decides(ActionStatus status) {
        return status == ActionStatus.ALLOWED
                || status == ActionStatus.DENIED
                || status == ActionStatus.AWAITING_APPROVAL
                || status == ActionStatus.SHADOWED;
    }

    private static String phaseOf(ActionStatus status) {
        return switch (status) {
            case PROPOSED, AWAITING_APPROVAL, DENIED, EXPIRED, WITHDRAWN, ALLOWED, SHADOWED -> "policy";
            case STARTED, SUCCEEDED, FAILED, IN_DOUBT, UNDOING, ROLLED_BACK -> "act";
            case RECOVERED, NOT_RECOVERED, HELD, RECURRED -> "verify";
            case ESCALATED, UNKNOWN -> "people";
        };
    }

    private static Weight weightOf(ActionStatus status) {
        return switch (status) {
            case PROPOSED, UNKNOWN -> Weight.DETAIL;
            case ALLOWED, STARTED, SUCCEEDED, UNDOING -> Weight.NORMAL;
            default -> Weight.STRONG;
        };
    }

    private static String words(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static StoryLine line(Instant at, String phase, Weight weight, String text) {
        return StoryLine.of(at, phase, weight, text);
    }
}
