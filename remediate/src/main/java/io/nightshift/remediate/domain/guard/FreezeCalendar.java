package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** A declared freeze: nothing is done. */
public final class FreezeCalendar implements Guard {

    @Override
    public String id() {
        return "freeze-calendar";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return situation.settings().freezes().stream()
                .filter(freeze -> freeze.covers(situation.now()))
                .findFirst()
                .flatMap(freeze -> Objection.notNow(id(), "change freeze: " + freeze.reason()));
    }
}
