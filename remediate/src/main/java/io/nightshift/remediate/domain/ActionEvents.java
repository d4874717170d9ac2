package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Investigation;
import io.nightshift.events.Plan;
import io.nightshift.schemas.CauseHash;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Makes the events of an action, each with what came before still on it. */
public final class ActionEvents {

    private ActionEvents() {}

    /** The first event of an action: proposed, whether or not a plan could be made of it. */
    static ActionEvent proposed(
            String actionId, Investigation investigation, String fingerprint, Plan plan, Instant now) {
        var proposal = investigation.getProposal();
        return ActionEvent.newBuilder()
                .setId(CauseHash.id("evt", actionId, ActionStatus.PROPOSED, investigation.getId()))
                .setActionId(actionId)
                .setStatus(ActionStatus.PROPOSED)
                .setAt(now)
                .setIncidentId(investigation.getIncidentId())
                .setInvestigationId(investigation.getId())
                .setEnvironment(investigation.getEnvironment())
                .setService(proposal.getTarget())
                .setAction(proposal.getAction())
                .setTarget(proposal.getTarget())
                .setPlan(plan)
                .setPlanHash(plan == null ? "" : PlanHash.of(plan))
                .setFingerprint(fingerprint)
                .setCauseClass(proposal.getCauseClass())
                .setSentence(name(proposal.getAction()) + " of " + Planning.quoted(proposal.getTarget())
                        + " is proposed against " + name(proposal.getCauseClass()) + ".")
                .build();
    }

    /** The next event of an action that was proposed before. */
    public static ActionEvent next(ActionEvent last, ActionStatus status, Instant now, String sentence) {
        return ActionEvent.newBuilder(last)
                .setId(CauseHash.id("evt", last.getActionId(), status, last.getInvestigationId(), now.toEpochMilli()))
                .setStatus(status)
                .setAt(now)
                .setProbes(List.of())
                .setSentence(sentence)
                .build();
    }

    /** Moves the state to a status and says so. */
    static ActionState move(ActionState state, ActionEvent event, AdmissionMemory memory, Outbox out) {
        ActionState moved = ActionState.newBuilder(state).setEvent(event).build();
        memory.keep(moved);
        out.event(event);
        return moved;
    }

    /** Moves the state to a status with a sentence and says so. */
    static ActionState move(
            ActionState state, ActionStatus status, Instant now, String sentence, AdmissionMemory memory, Outbox out) {
        return move(state, next(state.getEvent(), status, now, sentence), memory, out);
    }

    public static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
