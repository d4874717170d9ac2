package io.nightshift.remediate.domain;

import io.nightshift.events.Decision;
import java.util.Optional;

/**
 * What a guard has against acting by itself.
 *
 * @param guard id of the guard
 * @param decision DENY, or ASK when a person may still say yes
 * @param reason why, in words
 * @param passing whether time alone may lift it, so that the same proposal is worth judging again
 */
public record Objection(String guard, Decision decision, String reason, boolean passing) {

    public static Optional<Objection> none() {
        return Optional.empty();
    }

    public static Optional<Objection> deny(String guard, String reason) {
        return Optional.of(new Objection(guard, Decision.DENY, reason, false));
    }

    /** Denied for now. */
    public static Optional<Objection> notNow(String guard, String reason) {
        return Optional.of(new Objection(guard, Decision.DENY, reason, true));
    }

    public static Optional<Objection> ask(String guard, String reason) {
        return Optional.of(new Objection(guard, Decision.ASK, reason, false));
    }
}
