package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** A target that can't fence may only be acted on alone by what is as good twice as once. */
public final class UnfencedTarget implements Guard {

    @Override
    public String id() {
        return "unfenced-target";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return situation.target().fenced() || situation.plan().getIdempotent()
                ? Objection.none()
                : Objection.ask(id(), "the target does not fence and the action is not idempotent");
    }
}
