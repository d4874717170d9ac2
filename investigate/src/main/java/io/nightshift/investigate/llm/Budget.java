package io.nightshift.investigate.llm;

import io.nightshift.investigate.LlmSettings.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/**
 * Tokens, money and time that may be used: by one incident, or by all between two midnights UTC. A call reserves what it may
 * use at most, so that calls at the same time can't overdraw together. Counted in this process only.
 */
final class Budget {

    private final String whose;
    private final Limits limits;
    private final Supplier<LocalDate> today;
    private LocalDate day = LocalDate.MIN;
    private long tokens;
    private long micros;
    private long millis;

    private Budget(String whose, Limits limits, Supplier<LocalDate> today) {
        this.whose = whose;
        this.limits = limits;
        this.today = today;
    }

    static Budget ofIncident(Limits limits) {
        return new Budget("incident", limits, () -> LocalDate.MIN);
    }

    static Budget ofDay(Limits limits, Clock clock) {
        return new Budget("day", limits, () -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** What is asked for would not be left. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExhaustedException(String message) {
            super(message);
        }
    }

    /**
     * @param costMicros millionths of the currency
     * @throws ExhaustedException when less is left; nothing is reserved then
     */
    synchronized void reserve(long tokensAtMost, long costMicros) {
        turnPage();
        if (tokensAtMost > limits.tokens() - tokens) {
            throw new ExhaustedException("the " + whose + "'s tokens are used up");
        }
        if (costMicros > limits.costMicros() - micros) {
            throw new ExhaustedException("the " + whose + "'s money is used up");
        }
        tokens += tokensAtMost;
        micros += costMicros;
    }

    /** Puts what a call really used in the place of what it had reserved. */
    synchronized void settle(
            long reservedTokens, long reservedMicros, long usedTokens, long usedMicros, long usedMillis) {
        turnPage();
        tokens = Math.max(0, tokens - reservedTokens) + usedTokens;
        micros = Math.max(0, micros - reservedMicros) + usedMicros;
        millis += usedMillis;
    }

    synchronized Duration timeLeft() {
        turnPage();
        Duration left = limits.time().minusMillis(millis);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void turnPage() {
        LocalDate now = today.get();
        if (!now.equals(day)) {
            day = now;
            tokens = 0;
            micros = 0;
            millis = 0;
        }
    }
}
