package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** What outcomes took away is not done alone, whatever level people set before: level 3 asks, level 2 does nothing. */
public final class TrustedLevel implements Guard {

    private static final int ASKS = 3;

    @Override
    public String id() {
        return "trust";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        int trusted = situation.trustedLevel();
        if (trusted > ASKS || trusted >= situation.level()) {
            return Objection.none();
        }
        String why = "trust: level " + trusted + ", "
                + situation.trust().map(reading -> reading.because()).orElse("");
        return trusted == ASKS ? Objection.ask(id(), why) : Objection.deny(id(), why);
    }
}
