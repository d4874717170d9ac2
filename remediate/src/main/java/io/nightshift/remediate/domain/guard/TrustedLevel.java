package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import io.nightshift.schemas.trust.TrustReading;
import java.util.Optional;

/** What outcomes took away is not done alone, whatever level people set before: level 3 asks, level 2 does nothing. */
public final class TrustedLevel implements Guard {

    private static final String ID = "trust";
    private static final int ASKS = 3;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return situation.trust().flatMap(reading -> against(situation.level(), reading));
    }

    /**
     * What trust has against acting.
     *
     * @param level that counts without it, 1 to 5
     */
    public static Optional<Objection> against(int level, TrustReading reading) {
        int trusted = reading.atMost(level);
        if (trusted > ASKS || trusted >= level) {
            return Objection.none();
        }
        String why = "trust: level " + trusted + ", " + reading.because();
        return trusted == ASKS ? Objection.ask(ID, why) : Objection.deny(ID, why);
    }
}
