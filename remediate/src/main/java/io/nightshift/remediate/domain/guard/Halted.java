package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** Halt admits no new plan. */
public final class Halted implements Guard {

    @Override
    public String id() {
        return "halt";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return situation.halted().flatMap(reason -> Objection.notNow(id(), "halted: " + reason));
    }
}
