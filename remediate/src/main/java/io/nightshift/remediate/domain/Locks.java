package io.nightshift.remediate.domain;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The locks on targets as the control records tell, by the rules of {@link Controls}: for the executor, which looks for itself
 * because a lock may be younger than the verdict. Grows with what people say, which is little.
 */
public final class Locks {

    private final TrustedKeys keys;
    private final Map<String, Lock> locks = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    public Locks(TrustedKeys keys) {
        this.keys = keys;
    }

    /** The lock on this target, while it holds. */
    public Optional<Lock> on(String target, Instant now) {
        return Optional.ofNullable(locks.get(target)).filter(lock -> lock.holds(now));
    }

    /** @param at when it was said, by Kafka's word: a record that has expired since counted in its time */
    public void hear(ControlRecord control, Instant at) {
        if (control.getKind() != ControlKind.HANDS_OFF && control.getKind() != ControlKind.HANDS_ON) {
            return;
        }
        boolean counts = ControlSignature.verify(control, keys)
                && (control.getExpiresAt() == null || at.isBefore(control.getExpiresAt()))
                && !used.contains(control.getId());
        if (!counts) {
            return;
        }
        boolean person = ControlSignature.verifyPerson(control, keys);
        if (control.getKind() == ControlKind.HANDS_OFF) {
            Lock asked = Lock.askedBy(control, at);
            if (asked.mayReplace(on(control.getSubject(), at), person)) {
                locks.put(control.getSubject(), asked);
            }
            used.add(control.getId());
        } else if (person) {
            locks.remove(control.getSubject());
            used.add(control.getId());
        }
    }
}
