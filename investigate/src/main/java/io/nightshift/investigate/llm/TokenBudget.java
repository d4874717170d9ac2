package io.nightshift.investigate.llm;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Tokens that all investigations together may use between two midnights UTC. Counted in this process only. */
final class TokenBudget {

    private final long perDay;
    private final Clock clock;
    private LocalDate day = LocalDate.MIN;
    private long used;

    TokenBudget(long perDay, Clock clock) {
        this.perDay = perDay;
        this.clock = clock;
    }

    synchronized long left() {
        turnPage();
        return Math.max(0, perDay - used);
    }

    synchronized void use(long tokens) {
        turnPage();
        used += tokens;
    }

    private void turnPage() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(day)) {
            day = today;
            used = 0;
        }
    }
}
