package io.nightshift.runtime.fault;

import java.time.Duration;

/**
 * How long to wait before what failed by a passing fault is started again: 1 s, then double up to 30 s; from the start again once it
 * went well for five minutes. There is no last attempt: a broker may be away for hours, and the stage must be there when
 * it returns.
 */
public final class RestartBackoff {

    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final Duration CALM = Duration.ofMinutes(5);

    private Duration next = FIRST;
    private long lastMillis = Long.MIN_VALUE;

    /** The wait after a failure at this time. */
    public synchronized Duration afterFailure(long nowMillis) {
        if (lastMillis != Long.MIN_VALUE && nowMillis - lastMillis > CALM.toMillis()) {
            next = FIRST;
        }
        lastMillis = nowMillis;
        Duration wait = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return wait;
    }
}
