package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** What holds data or carries Nightshift is never acted on without people. */
public final class ProtectedTarget implements Guard {

    @Override
    public String id() {
        return "protected-target";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return situation.service().isProtected()
                ? Objection.ask(id(), situation.service().id() + " is protected: two people decide")
                : Objection.none();
    }
}
