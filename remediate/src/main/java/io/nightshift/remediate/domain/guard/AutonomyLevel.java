package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** Levels 1 and 2 record and do not act; level 3 asks; 4 and 5 may act. */
public final class AutonomyLevel implements Guard {

    @Override
    public String id() {
        return "autonomy-level";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return switch (situation.level()) {
            case 4, 5 -> Objection.none();
            case 3 -> Objection.ask(id(), "the service is at level 3 (assist): a person decides");
            case 2 -> Objection.deny(id(), "the service is at level 2 (detect): nothing is done");
            default ->
                Objection.deny(id(), "the service is at level " + situation.level() + " (manual): nothing is done");
        };
    }
}
