package io.nightshift.remediate.domain;

import io.nightshift.events.Decision;
import java.util.Optional;

/**
 * What would be done were the level one that acts, recorded where it is not: so that whoever thinks of raising it sees
 * beforehand what comes of that.
 *
 * @param on whether it is recorded at all
 */
public record Shadow(boolean on) {

    /** The lowest level that acts alone. */
    private static final int ACTS = 4;

    /** The decision at the level that acts; empty where that changes nothing. */
    Optional<Decided> of(Situation situation, Decided decided, Judgement judgement) {
        if (!on || situation.level() >= ACTS || decided.decision() == Decision.ALLOW) {
            return Optional.empty();
        }
        return Optional.of(judgement.decide(situation.atLevel(ACTS)))
                .filter(would -> would.decision() == Decision.ALLOW
                        || would.decision() == Decision.ASK && decided.decision() == Decision.DENY);
    }

    /** Such as "at level 4 it would be done alone". */
    static String words(Decided would) {
        return "at level " + ACTS
                + (would.decision() == Decision.ALLOW ? " it would be done alone" : " a person would be asked");
    }
}
