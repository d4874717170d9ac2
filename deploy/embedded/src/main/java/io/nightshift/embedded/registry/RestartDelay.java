package io.nightshift.embedded.registry;

import java.time.Duration;

/**
 * How long to wait before a registry that died is started again: 1 s, then double up to 30 s; from the beginning again
 * after one that ran for a minute. There is no last attempt: without a registry no new schema is read or written, and
 * nobody else would bring it back.
 */
final class RestartDelay {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final Duration STEADY = Duration.ofMinutes(1);

    private Duration next = FIRST;

    /** The wait after a registry that lived this long; zero for one that could not be started. */
    Duration after(Duration life) {
        Duration wait = life.compareTo(STEADY) >= 0 ? FIRST : next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
