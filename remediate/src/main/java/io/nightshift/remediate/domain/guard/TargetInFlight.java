package io.nightshift.remediate.domain.guard;

import io.nightshift.events.ActionState;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;
import java.util.Set;

/** One action at a time on a target and what calls it or is called by it. */
public final class TargetInFlight implements Guard {

    @Override
    public String id() {
        return "target-in-flight";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        Set<String> neighbours = situation.neighbours();
        for (ActionState other : situation.inFlight()) {
            String target = other.getEvent().getTarget();
            if (target.equals(situation.plan().getTarget())) {
                return Objection.notNow(
                        id(),
                        "another action is in flight on the target: "
                                + other.getEvent().getActionId());
            }
            if (neighbours.contains(target)) {
                return Objection.notNow(id(), "an action is in flight on the neighbour " + target);
            }
        }
        return Objection.none();
    }
}
