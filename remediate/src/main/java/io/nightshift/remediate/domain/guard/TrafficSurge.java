package io.nightshift.remediate.domain.guard;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;
import java.util.stream.Stream;

/** A surge of traffic is no reason to restart or roll back anything, be it as a step of a playbook or to take one back. */
public final class TrafficSurge implements Guard {

    @Override
    public String id() {
        return "traffic-surge";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return situation.plan().getCauseClass() != CauseClass.TRAFFIC_SURGE
                ? Objection.none()
                : effects(situation.plan())
                        .filter(effect -> effect != ActionKind.SCALE)
                        .findFirst()
                        .flatMap(effect -> Objection.deny(id(), "a surge of traffic is not cured by " + effect));
    }

    /** What the plan would do; a playbook does nothing by itself, and one of no steps is nothing to let through. */
    private static Stream<ActionKind> effects(Plan plan) {
        boolean isPlaybook =
                plan.getAction() == ActionKind.PLAYBOOK && !plan.getSteps().isEmpty();
        Stream<ActionKind> own = isPlaybook ? Stream.empty() : Stream.of(plan.getAction());
        return Stream.concat(own, plan.getSteps().stream().flatMap(TrafficSurge::effects));
    }

    private static Stream<ActionKind> effects(PlanStep step) {
        Stream<ActionKind> undo = Stream.of(step.getUndo()).filter(kind -> kind != ActionKind.UNKNOWN);
        return Stream.concat(Stream.of(step.getAction()), undo);
    }
}
