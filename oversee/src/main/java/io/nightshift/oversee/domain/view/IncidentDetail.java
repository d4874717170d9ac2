package io.nightshift.oversee.domain.view;

import java.util.List;

/**
 * Everything the console shows of one incident.
 *
 * @param answer the investigation that counts, or null
 * @param investigations all that are known, oldest first
 * @param actions newest last
 * @param chain failure chain of the first hypothesis, from the cause to the users
 */
public record IncidentDetail(
        IncidentCard card,
        String environment,
        List<String> services,
        List<Milestone> milestones,
        List<TimelineEntry> timeline,
        List<EvidenceView> evidence,
        AnswerView answer,
        List<InvestigationRef> investigations,
        List<ActionView> actions,
        List<String> lessons,
        List<String> chain) {}
