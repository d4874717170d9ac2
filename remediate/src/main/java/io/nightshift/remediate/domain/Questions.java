package io.nightshift.remediate.domain;

import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a question to a person ends without an approval: nobody answers, somebody denies, or its reason goes away.
 *
 * @param expire how long a question stands
 * @param denialHolds how long a person's no to an action on a target in an episode holds; zero for not at all
 */
public record Questions(Duration expire, Duration denialHolds) {

    /** The state with a person's no on it. */
    ActionState denied(ActionState state, Optional<Incident> incident, Instant now) {
        return ActionState.newBuilder(state)
                .setDeniedUntil(now.plus(denialHolds))
                .setDeniedPaging(incident.map(Incident::getPages).orElse(false))
                .build();
    }

    /**
     * Whether a person's no to this action still holds. It does not when something is other than the person knew: another
     * plan (cause, instances, arguments), an incident that pages and did not, or an answer that a person has asked for since.
     */
    static boolean isDenied(
            ActionState before, Optional<Plan> plan, Investigation investigation, Incident incident, Instant now) {
        boolean holds = before.getEvent().getStatus() == ActionStatus.DENIED
                && before.getDeniedUntil() != null
                && now.isBefore(before.getDeniedUntil());
        boolean asked = investigation.getQuestion() != null
                && !investigation.getId().equals(before.getInvestigation().getId());
        return holds
                && !asked
                && (before.getDeniedPaging() || !incident.getPages())
                && plan.filter(other -> isOther(before.getEvent().getPlan(), other))
                        .isEmpty();
    }

    private static boolean isOther(Plan denied, Plan plan) {
        return denied.getCauseClass() != plan.getCauseClass()
                || !denied.getInstances().equals(plan.getInstances())
                || !denied.getArguments().equals(plan.getArguments());
    }

    /** Takes back a question whose reason went away: the incident is over, or its service has recovered otherwise. */
    public void due(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        if (state.getEvent().getStatus() != ActionStatus.AWAITING_APPROVAL) {
            return;
        }
        memory.incident(state.getEvent().getIncidentId())
                .flatMap(incident -> lostReason(state, incident, memory))
                .ifPresent(why -> ActionEvents.move(
                        state,
                        ActionStatus.WITHDRAWN,
                        now,
                        "The question about the "
                                + ActionEvents.name(state.getEvent().getAction()) + " of "
                                + Planning.quoted(state.getEvent().getTarget()) + " is withdrawn: " + why + ".",
                        memory,
                        out));
    }

    private static Optional<String> lostReason(ActionState state, Incident incident, AdmissionMemory memory) {
        if (incident.getPhase() == IncidentPhase.RESOLVED) {
            return Optional.of("the incident is resolved");
        }
        if (incident.getPhase() == IncidentPhase.MERGED) {
            return Optional.of("the incident is part of " + Planning.quoted(incident.getMergedInto()) + " now");
        }
        return Recovery.lasting(state.getEvent().getService(), incident, memory.incidents(), memory.actions())
                .map(Recovery::inWords);
    }
}
