package io.nightshift.runtime.worker;

import java.time.Duration;
import java.util.Objects;

/**
 * How a worker works.
 *
 * @param name of the stage; also its consumer group and part of its transactional id
 * @param instance distinguishes processes that share the group; the same again after a restart, so that the restarted
 *     process ends the transactions of its predecessor at once
 * @param threads records in work at once, at least 1
 * @param hardTimeout from the start of work; then it is interrupted and its result is {@link WorkHandler#onTimeout}
 * @param endLimit how long a cancelled or revoked work may take to end after its hard timeout
 * @param onRevocation what becomes of work whose partition is taken away
 */
record WorkerSettings(
        String name, String instance, int threads, Duration hardTimeout, Duration endLimit, OnRevocation onRevocation) {

    WorkerSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(instance, "instance");
        if (threads < 1) {
            throw new IllegalArgumentException("a worker needs at least one thread, not " + threads);
        }
        if (hardTimeout.isNegative() || hardTimeout.isZero()) {
            throw new IllegalArgumentException("the hard timeout must be above zero, not " + hardTimeout);
        }
    }

    boolean isEffectful() {
        return onRevocation == OnRevocation.WAIT;
    }

    /** How long a revocation may wait for effectful work. */
    Duration revocationLimit() {
        return hardTimeout.plus(endLimit);
    }
}
