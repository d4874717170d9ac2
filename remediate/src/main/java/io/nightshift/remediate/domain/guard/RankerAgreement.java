package io.nightshift.remediate.domain.guard;

import io.nightshift.events.Engine;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** A model's cause that the deterministic ranker does not have among its first three is for a person to judge. */
public final class RankerAgreement implements Guard {

    @Override
    public String id() {
        return "ranker-agreement";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        if (situation.investigation().getEngine() == Engine.DETERMINISTIC) {
            return Objection.none();
        }
        String cause = situation.plan().getService() + "|" + situation.plan().getCauseClass();
        return situation.investigation().getRankerTop().stream().limit(3).anyMatch(cause::equals)
                ? Objection.none()
                : Objection.ask(id(), "the deterministic ranker does not have this cause among its first three");
    }
}
