package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** What can't be undone is never done without people. */
public final class Irreversible implements Guard {

    @Override
    public String id() {
        return "irreversible";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return switch (situation.plan().getReversibility()) {
            case UNDOABLE, SELF_RESTORING, COMPENSABLE -> Objection.none();
            default -> Objection.ask(id(), "the effect counts as irreversible: two people decide");
        };
    }
}
