package io.nightshift.remediate.domain;

import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Incident;
import java.util.List;
import java.util.Optional;

/** Whether a service has recovered already: what else is proposed for it in the same incident has then lost its reason. */
public final class Recovery {

    private Recovery() {}

    /**
     * The repair of this service in this incident that was seen to work, unless something has begun at the service since.
     *
     * @param incidents those remembered: the repair's own may have become part of this one
     * @param actions those remembered
     */
    public static Optional<ActionState> lasting(
            String service, Incident incident, List<Incident> incidents, List<ActionState> actions) {
        return actions.stream()
                .filter(state -> isRecovered(state.getEvent().getStatus()))
                .filter(state -> state.getEvent().getService().equals(service))
                .filter(state -> isPartOf(state.getEvent().getIncidentId(), incident, incidents))
                .filter(state -> !Verification.beganAfter(state, incident))
                .findFirst();
    }

    /** Such as "'shop/inventory' has recovered by the rolling restart, and nothing has begun there since". */
    public static String inWords(ActionState repair) {
        return Planning.quoted(repair.getEvent().getService()) + " has recovered by the "
                + ActionEvents.name(repair.getEvent().getAction()) + ", and nothing has begun there since";
    }

    private static boolean isRecovered(ActionStatus status) {
        return status == ActionStatus.RECOVERED || status == ActionStatus.HELD;
    }

    private static boolean isPartOf(String incidentId, Incident incident, List<Incident> incidents) {
        return incidentId.equals(incident.getId())
                || incidents.stream()
                        .anyMatch(other -> other.getId().equals(incidentId)
                                && incident.getId().equals(other.getMergedInto()));
    }
}
