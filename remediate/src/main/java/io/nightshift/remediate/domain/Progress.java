package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Follows what the executor reports, and sees to it that every action ends: a failed one is escalated at once, every
 * other one at its deadline.
 *
 * @param remembered how long an action that is over is remembered; at least a day, because caps look back so far
 */
public record Progress(Duration remembered) {

    /** Takes in an event of the actions topic; admission's own come back here too and are passed over. */
    public void on(ActionEvent event, AdmissionMemory memory, Outbox out, Instant now) {
        if (!ActionLife.isExecutors(event.getStatus())) {
            return;
        }
        Optional<ActionState> known = memory.action(event.getActionId());
        if (known.isEmpty() || !known.get().getEvent().getPlanHash().equals(event.getPlanHash())) {
            return;
        }
        ActionState state = known.get();
        ActionState.Builder next = ActionState.newBuilder(state);
        if (event.getStatus() == ActionStatus.STARTED || event.getStatus() == ActionStatus.IN_DOUBT) {
            // Also of an action that was given up meanwhile: it touched its target and is never proposed again.
            next.setEffectAt(event.getAt());
        }
        if (ActionLife.isLegal(state.getEvent().getStatus(), event.getStatus())) {
            next.setEvent(ActionEvent.newBuilder(event)
                    .setPlan(state.getEvent().getPlan())
                    .setVerdict(state.getEvent().getVerdict())
                    .setDeadline(state.getEvent().getDeadline())
                    .build());
            if (event.getStatus() == ActionStatus.SUCCEEDED) {
                next.setSucceededAt(event.getAt()).setEffectAt(event.getAt());
            }
        }
        ActionState moved = next.build();
        memory.keep(moved);
        if (moved.getEvent().getStatus() == ActionStatus.FAILED) {
            escalate(moved, "it failed: " + event.getSentence(), memory, out, now);
        }
    }

    /** Ends what is due at this time. */
    public void due(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        ActionStatus status = state.getEvent().getStatus();
        if (status == ActionStatus.AWAITING_APPROVAL) {
            if (!now.isBefore(state.getAskedUntil())) {
                ActionEvents.move(state, ActionStatus.EXPIRED, now, "Nobody answered in time.", memory, out);
            }
        } else if (ActionLife.isInFlight(status)) {
            if (!now.isBefore(state.getEvent().getDeadline())) {
                escalate(state, "its deadline passed while it was " + ActionEvents.name(status), memory, out, now);
            }
        } else if (ActionLife.isOver(status)
                && status != ActionStatus.RECOVERED
                && state.getEvent().getAt().plus(remembered).isBefore(now)) {
            memory.forgetAction(state.getEvent().getActionId());
        }
    }

    static void escalate(ActionState state, String why, AdmissionMemory memory, Outbox out, Instant now) {
        ActionEvents.move(
                state,
                ActionStatus.ESCALATED,
                now,
                "A person must look: " + ActionEvents.name(state.getEvent().getAction()) + " of "
                        + Planning.quoted(state.getEvent().getTarget()) + ", " + why,
                memory,
                out);
    }
}
