package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** A person locked the target. */
public final class HandsOff implements Guard {

    @Override
    public String id() {
        return "hands-off";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return situation.handsOff().flatMap(reason -> Objection.notNow(id(), "hands off: " + reason));
    }
}
