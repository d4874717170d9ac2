package io.nightshift.remediate.domain.guard;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** A surge of traffic is no reason to restart or roll back anything. */
public final class TrafficSurge implements Guard {

    @Override
    public String id() {
        return "traffic-surge";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return situation.plan().getCauseClass() == CauseClass.TRAFFIC_SURGE
                        && situation.plan().getAction() != ActionKind.SCALE
                ? Objection.deny(
                        id(),
                        "a surge of traffic is not cured by " + situation.plan().getAction())
                : Objection.none();
    }
}
