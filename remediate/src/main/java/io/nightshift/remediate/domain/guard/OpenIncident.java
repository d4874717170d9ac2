package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Locale;
import java.util.Optional;

/** A resolved or merged incident needs no repair. */
public final class OpenIncident implements Guard {

    @Override
    public String id() {
        return "open-incident";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return switch (situation.incident().getPhase()) {
            case OPEN, UPDATE -> Objection.none();
            default ->
                Objection.deny(
                        id(),
                        "the incident is "
                                + situation.incident().getPhase().name().toLowerCase(Locale.ROOT));
        };
    }
}
