package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Execution;
import io.nightshift.events.Plan;
import java.time.Instant;

/** Has an action taken back by the executor: the steps of the same plan, in reverse, under the same verdict. */
final class Undoing {

    private Undoing() {}

    /** Whether any step of the plan declares what takes it back. */
    static boolean isPossible(Plan plan) {
        return plan.getSteps().stream().anyMatch(step -> step.getUndo() != ActionKind.UNKNOWN);
    }

    /** An undo gets as much time as the plan got. */
    static Instant deadline(Plan plan, Instant from) {
        return from.plusSeconds(plan.getDeadlineSeconds());
    }

    static void begin(ActionState state, String why, AdmissionMemory memory, Outbox out, Instant now) {
        Plan plan = state.getEvent().getPlan();
        Instant deadline = deadline(plan, now);
        String sentence = ActionEvents.name(plan.getAction()) + " of " + Planning.quoted(plan.getTarget())
                + " is taken back: " + why + ".";
        ActionEvent undoing = ActionEvent.newBuilder(
                        ActionEvents.next(state.getEvent(), ActionStatus.UNDOING, now, sentence))
                .setProbes(state.getEvent().getProbes())
                .setDeadline(deadline)
                .build();
        ActionEvents.move(state, undoing, memory, out);
        out.execute(Execution.newBuilder()
                .setActionId(undoing.getActionId())
                .setPlan(plan)
                .setPlanHash(undoing.getPlanHash())
                .setVerdict(undoing.getVerdict())
                .setAdmittedAt(now)
                .setDeadline(deadline)
                .setCompensation(true)
                .setIncidentOnset(state.getOnset())
                .setFingerprint(undoing.getFingerprint())
                .setNeighbours(Neighbours.of(undoing, memory))
                .build());
    }
}
