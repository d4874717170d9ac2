package io.nightshift.investigate.domain;

import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.InvestigationRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When an incident is worth an investigation: when it pages and is new or has changed. Storms coalesce: one at a time, and
 * again only for a material change, or for a notable one after a while.
 *
 * @param again shortest time between two requests for notable changes
 * @param lost after this long without an answer a request counts as lost
 */
public record RequestRule(Duration again, Duration lost) {

    /** A severity that grew by this factor is another incident to a person. */
    private static final double MATERIAL_GROWTH = 1.5;

    /** Questions of people that may be in work at once in one partition, so that incidents do not wait long behind them. */
    public static final int MOST_QUESTIONS = 4;

    /** How much an incident changed since it was last investigated. */
    public enum Change {
        NONE,
        /** New kinds of evidence on services already known. */
        NOTABLE,
        /** Other services, much greater severity, or it pages now. */
        MATERIAL
    }

    /**
     * Whether to investigate now.
     *
     * @param last the request before, or null
     * @param answered whether that was answered
     */
    public boolean isDue(Incident incident, InvestigationRequest last, boolean answered, Instant now) {
        if (!isOpen(incident) || !incident.getPages()) {
            return false;
        }
        if (last == null) {
            return true;
        }
        if (!answered && !isLost(last.getRequestedAt(), now)) {
            return false;
        }
        return switch (change(last.getIncident(), incident)) {
            case MATERIAL -> true;
            case NOTABLE -> !now.isBefore(last.getRequestedAt().plus(again));
            case NONE ->
                !answered && incident.getVersion() >= last.getIncident().getVersion();
        };
    }

    /** Whether the answer to what was requested then must have been lost. */
    public boolean isLost(Instant requestedAt, Instant now) {
        return !now.isBefore(requestedAt.plus(lost));
    }

    public static boolean isOpen(Incident incident) {
        return incident.getPhase() == IncidentPhase.OPEN || incident.getPhase() == IncidentPhase.UPDATE;
    }

    static Change change(Incident before, Incident after) {
        if (!before.getPages() && after.getPages()
                || !Set.copyOf(before.getServices()).equals(Set.copyOf(after.getServices()))
                || after.getSeverity() >= before.getSeverity() * MATERIAL_GROWTH) {
            return Change.MATERIAL;
        }
        Set<String> fresh = new HashSet<>(evidence(after));
        fresh.removeAll(evidence(before));
        return fresh.isEmpty() ? Change.NONE : Change.NOTABLE;
    }

    private static Set<String> evidence(Incident incident) {
        Set<String> ids =
                incident.getAnomalies().stream().map(anomaly -> anomaly.getId()).collect(Collectors.toSet());
        incident.getMembers().stream().map(AnomalyBrief::getId).forEach(ids::add);
        return ids;
    }
}
