package io.nightshift.investigate.domain;

import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.schemas.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A question that is about no open incident. It travels like an incident, as one of version 0 that holds no more than where
 * and when to look; an incident's own versions count from 1. Its answer is words: it never holds a proposal.
 */
public final class Inquiry {

    /** How far back a question looks that names no time. */
    public static final Duration RECENT = Duration.ofMinutes(30);

    private Inquiry() {}

    public static boolean is(InvestigationRequest request) {
        return request.getIncident().getVersion() == 0;
    }

    /**
     * What stands in the place of an incident until somebody looks.
     *
     * @param id id of the question, or of the incident that is over
     */
    public static Incident about(String id, Question question, Instant now) {
        Instant until = question.until() == null || question.until().isAfter(now) ? now : question.until();
        Instant from =
                question.from() == null || question.from().isAfter(until) ? until.minus(RECENT) : question.from();
        return Incident.newBuilder()
                .setId(id)
                .setVersion(0)
                .setPhase(IncidentPhase.UNKNOWN)
                .setEnvironment(question.environment())
                .setFingerprint("")
                .setOpenedAt(from)
                .setOnset(from)
                .setUpdatedAt(until)
                .setSeverity(0)
                .setPages(false)
                .setServices(question.services())
                .setMemberCount(0)
                .setSentence(question.text())
                .build();
    }

    /** Beginning of the time that is asked about. */
    public static Instant from(Incident asked) {
        return asked.getOpenedAt();
    }

    /** End of the time that is asked about. */
    public static Instant until(Incident asked) {
        return asked.getUpdatedAt();
    }

    /** Until when evidence of a request counts: for an inquiry the end of what is asked about, else now. */
    public static Instant until(InvestigationRequest request, Instant now) {
        return is(request) ? until(request.getIncident()) : now;
    }

    /** Services that were named to begin with; empty when the words have to tell. */
    static List<String> named(Incident asked) {
        return asked.getServices();
    }
}
