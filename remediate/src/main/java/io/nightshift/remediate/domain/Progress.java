package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows what the executor reports, and sees to it that every action ends: a failed one is taken back or escalated at once,
 * every other one at its deadline. Where an undo failed or never ended, the target is locked too.
 *
 * @param remembered how long an action that is over is remembered; at least a day, because caps look back so far
 */
public record Progress(Duration remembered) {

    /** What tells that the target is, or is about to be, touched. */
    private static final Set<ActionStatus> EFFECTS =
            EnumSet.of(ActionStatus.STARTED, ActionStatus.IN_DOUBT, ActionStatus.UNDOING);

    /** Takes in an event of the actions topic; admission's own come back here too and are passed over. */
    public void on(ActionEvent event, AdmissionMemory memory, Outbox out, Instant now) {
        if (!ActionLife.isExecutors(event.getStatus())) {
            return;
        }
        Optional<ActionState> known = memory.action(event.getActionId());
        if (known.isEmpty() || !known.get().getEvent().getPlanHash().equals(event.getPlanHash())) {
            return;
        }
        ActionState state = touched(known.get(), event);
        ActionStatus before = state.getEvent().getStatus();
        if (before == ActionStatus.UNDOING && event.getStatus() == ActionStatus.FAILED) {
            ActionState told = ActionState.newBuilder(state)
                    .setEvent(joined(state.getEvent(), event, before))
                    .build();
            Handover.lock(told, "it could not be taken back: " + event.getSentence(), memory, out, now);
        } else if (ActionLife.isLegal(before, event.getStatus())) {
            follow(moved(state, event), event, memory, out, now);
        } else {
            memory.keep(state);
        }
    }

    private static void follow(ActionState state, ActionEvent event, AdmissionMemory memory, Outbox out, Instant now) {
        memory.keep(state);
        if (event.getStatus() != ActionStatus.FAILED) {
            return;
        }
        // Without a step in its report the executor was cut off, and did not take back what it had done.
        boolean isCutOff = event.getSteps().isEmpty() && state.getEffectAt() != null;
        if (isCutOff && Undoing.isPossible(state.getEvent().getPlan())) {
            Undoing.begin(state, "it failed: " + event.getSentence(), memory, out, now);
        } else {
            Handover.escalate(state, "it failed: " + event.getSentence(), memory, out, now);
        }
    }

    /** Also of an action that was given up meanwhile: what touched its target is never proposed again. */
    private static ActionState touched(ActionState state, ActionEvent event) {
        ActionState.Builder next = ActionState.newBuilder(state);
        if (EFFECTS.contains(event.getStatus())) {
            next.setEffectAt(event.getAt());
        }
        if (event.getStatus() == ActionStatus.STARTED && state.getPassing().isEmpty()) {
            next.setPassing(Worsening.passing(event.getProbes()));
        }
        return next.build();
    }

    private static ActionState moved(ActionState state, ActionEvent event) {
        ActionEvent.Builder joined = ActionEvent.newBuilder(joined(state.getEvent(), event, event.getStatus()));
        ActionState.Builder next = ActionState.newBuilder(state);
        if (event.getStatus() == ActionStatus.SUCCEEDED) {
            next.setSucceededAt(event.getAt()).setEffectAt(event.getAt());
        } else if (event.getStatus() == ActionStatus.UNDOING) {
            Instant longer = Undoing.deadline(joined.getPlan(), event.getAt());
            joined.setDeadline(longer.isAfter(joined.getDeadline()) ? longer : joined.getDeadline());
        } else if (event.getStatus() == ActionStatus.ROLLED_BACK) {
            joined.setDeadline(null);
        }
        return next.setEvent(joined.build()).build();
    }

    /** The executor's event, with what admission alone may say, and with what was told before and is not told again. */
    private static ActionEvent joined(ActionEvent own, ActionEvent told, ActionStatus status) {
        return ActionEvent.newBuilder(told)
                .setStatus(status)
                .setPlan(own.getPlan())
                .setVerdict(own.getVerdict())
                .setDeadline(own.getDeadline())
                .setEmergency(own.getEmergency())
                .setSteps(told.getSteps().isEmpty() ? own.getSteps() : told.getSteps())
                .setEvidenceKept(union(own.getEvidenceKept(), told.getEvidenceKept()))
                .build();
    }

    private static List<String> union(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }

    /** Ends what is due at this time. */
    public void due(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        if (Emergencies.due(state, memory, out, now)) {
            return; // What else is due of it is so at the next look.
        }
        ActionStatus status = state.getEvent().getStatus();
        if (status == ActionStatus.AWAITING_APPROVAL) {
            if (!now.isBefore(state.getAskedUntil())) {
                ActionEvents.move(state, ActionStatus.EXPIRED, now, "Nobody answered in time.", memory, out);
            }
        } else if (ActionLife.isInFlight(status)) {
            if (!now.isBefore(state.getEvent().getDeadline())) {
                overdue(state, memory, out, now);
            }
        } else if (ActionLife.isOver(status)
                && status != ActionStatus.RECOVERED
                && !Emergencies.isUnreviewed(state)
                && state.getEvent().getAt().plus(remembered).isBefore(now)) {
            memory.forgetAction(state.getEvent().getActionId());
        }
    }

    private static void overdue(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        String why = "its deadline passed while it was "
                + ActionEvents.name(state.getEvent().getStatus());
        boolean isHalfDone = state.getEffectAt() != null
                && Undoing.isPossible(state.getEvent().getPlan());
        if (isHalfDone) {
            Handover.lock(state, why, memory, out, now);
        } else {
            Handover.escalate(state, why, memory, out, now);
        }
    }
}
