package io.nightshift.investigate.llm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Stops asking a model that keeps failing.
 *
 * <pre>
 *   CLOSED ── failures in a row ──▶ OPEN ── pause over ──▶ one trial ── works ──▶ CLOSED
 *                                    ▲                        │
 *                                    └──────── fails ─────────┘
 * </pre>
 */
final class Breaker {

    private static final int FAILURES = 3;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private int failures;
    private Instant closedUntil = Instant.MIN;

    Breaker(Clock clock) {
        this.clock = clock;
    }

    /** Whether to ask now. While open, one trial is let through after each pause. */
    synchronized boolean lets() {
        if (failures < FAILURES) {
            return true;
        }
        if (clock.instant().isBefore(closedUntil)) {
            return false;
        }
        closedUntil = clock.instant().plus(PAUSE);
        return true;
    }

    synchronized void worked() {
        failures = 0;
    }

    synchronized void failed() {
        failures++;
        if (failures >= FAILURES) {
            closedUntil = clock.instant().plus(PAUSE);
        }
    }
}
