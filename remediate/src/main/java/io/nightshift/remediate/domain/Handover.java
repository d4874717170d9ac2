package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.StepResult;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives an action to a person, with all that it takes to go on: what was done and is left, the state before and after, what
 * the probes say, the evidence that was kept, what else was tried and what to look at.
 */
final class Handover {

    private static final int NAMED = 6;

    private Handover() {}

    /** Ends the action with a person. */
    static void escalate(ActionState state, String why, AdmissionMemory memory, Outbox out, Instant now) {
        escalate(state, why, "", memory, out, now);
    }

    /** Ends it with a person, and locks its target: nobody knows in what state it is. */
    static void lock(ActionState state, String why, AdmissionMemory memory, Outbox out, Instant now) {
        String target = state.getEvent().getTarget();
        Instant until = now.plus(Lock.LONGEST);
        if (Notes.lock(memory, target, now)
                .filter(lock -> !lock.until().isBefore(until))
                .isEmpty()) {
            Notes.handsOff(memory, target, new Lock(until, "an action was left half done; see " + id(state)));
        }
        escalate(state, why, " The target is locked until a person lifts it with hands-on.", memory, out, now);
    }

    private static void escalate(
            ActionState state, String why, String locked, AdmissionMemory memory, Outbox out, Instant now) {
        String sentence =
                "A person must look: " + ActionEvents.name(state.getEvent().getAction()) + " of "
                        + Planning.quoted(state.getEvent().getTarget()) + ", " + why + (why.endsWith(".") ? "" : ".")
                        + locked
                        + list(" Done: ", done(state.getEvent()))
                        + list(" Failing: ", failing(state.getEvent()))
                        + list(" Also tried: ", tried(state, memory))
                        + list(" To look at: ", toLookAt(state));
        ActionEvents.move(
                state,
                ActionEvent.newBuilder(ActionEvents.next(state.getEvent(), ActionStatus.ESCALATED, now, sentence))
                        .setProbes(state.getEvent().getProbes())
                        .build(),
                memory,
                out);
    }

    private static String id(ActionState state) {
        return state.getEvent().getActionId();
    }

    private static Stream<String> done(ActionEvent event) {
        return event.getSteps().stream().map(Handover::inWords);
    }

    private static String inWords(StepResult step) {
        return (step.getUndo() ? "undo by " : "") + ActionEvents.name(step.getAction()) + " of "
                + Planning.quoted(step.getInstance()) + " (" + ActionEvents.name(step.getStatus()) + ")";
    }

    private static Stream<String> failing(ActionEvent event) {
        return event.getProbes().stream().filter(probe -> !probe.getPassed()).map(Handover::inWords);
    }

    private static String inWords(ProbeResult probe) {
        return probe.getProbe() + " of " + Planning.quoted(probe.getSubject());
    }

    /** Other actions of the incident that touched something. */
    private static Stream<String> tried(ActionState state, AdmissionMemory memory) {
        return memory.actions().stream()
                .map(other -> other.getEffectAt() == null ? null : other.getEvent())
                .filter(other -> other != null
                        && other.getIncidentId().equals(state.getEvent().getIncidentId())
                        && !other.getActionId().equals(id(state)))
                .map(other -> ActionEvents.name(other.getAction()) + " of " + Planning.quoted(other.getTarget()) + " ("
                        + ActionEvents.name(other.getStatus()) + ")");
    }

    /** What else may be the cause, best first. */
    private static Stream<String> toLookAt(ActionState state) {
        return state.getInvestigation().getHypotheses().stream()
                .filter(other -> !other.getService().equals(state.getEvent().getService())
                        || other.getCauseClass() != state.getEvent().getCauseClass())
                .limit(2)
                .map(other -> Planning.quoted(other.getService()) + " for " + ActionEvents.name(other.getCauseClass()));
    }

    private static String list(String head, Stream<String> parts) {
        List<String> all = parts.toList();
        String more = all.size() > NAMED ? ", and " + (all.size() - NAMED) + " more" : "";
        return all.isEmpty() ? "" : head + all.stream().limit(NAMED).collect(Collectors.joining(", ")) + more + ".";
    }
}
