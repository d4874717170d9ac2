package io.nightshift.remediate.domain;

import io.nightshift.events.ControlRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Hands off a target.
 *
 * @param until from when on it no longer holds
 * @param reason why, in words
 */
public record Lock(Instant until, String reason) {

    /** Without an end, or with one further away, a lock holds for so long. */
    static final Duration LONGEST = Duration.ofDays(30);

    /** The lock that a {@code HANDS_OFF} of this moment asks for. */
    static Lock askedBy(ControlRecord control, Instant now) {
        Instant longest = now.plus(LONGEST);
        Instant asked = control.getExpiresAt();
        return new Lock(asked == null || asked.isAfter(longest) ? longest : asked, control.getReason());
    }

    boolean holds(Instant now) {
        return now.isBefore(until);
    }

    /** Whether this one may take the other's place: anybody with a trusted key may lock for longer, only a person for less. */
    boolean mayReplace(Optional<Lock> other, boolean person) {
        return person || other.isEmpty() || !until.isBefore(other.get().until());
    }
}
