package io.nightshift.investigate.look;

import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Parameter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The time that a look is about.
 *
 * @param from inclusive
 * @param to inclusive, after {@code from}
 */
record Window(Instant from, Instant to) {

    static final Parameter FROM = new Parameter(
            "from", "begin, UTC, such as 2026-01-31T08:00:00Z; default: 15 minutes before the end", false);
    static final Parameter TO = new Parameter("to", "end, UTC, such as 2026-01-31T08:15:00Z; default: now", false);

    private static final Duration USUAL = Duration.ofMinutes(15);
    private static final int SHOWN = 40;

    /**
     * @param longest greatest length
     */
    static Window of(Arguments arguments, Clock clock, Duration longest) throws LookException {
        Instant to = instant(arguments, "to").orElseGet(clock::instant);
        Instant from = instant(arguments, "from").orElseGet(() -> to.minus(USUAL));
        if (!from.isBefore(to)) {
            throw new LookException("the end " + to + " is not after the begin " + from + "; give from before to");
        }
        if (Duration.between(from, to).compareTo(longest) > 0) {
            throw new LookException("the time from " + from + " to " + to + " is longer than " + longest.toHours()
                    + " hours; ask for less");
        }
        return new Window(from, to);
    }

    static Optional<Instant> instant(Arguments arguments, String name) throws LookException {
        Optional<String> text = arguments.optional(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text.get()).toInstant();
            if (instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
                throw new LookException("the argument " + name + " lies outside of the years 1970 to 2199");
            }
            return Optional.of(instant);
        } catch (DateTimeException e) {
            throw new LookException("the argument " + name + " must be a time such as 2026-01-31T08:00:00Z, not "
                    + Untrusted.data(text.get(), SHOWN));
        }
    }

    Duration length() {
        return Duration.between(from, to);
    }

    static String seconds(Instant instant) {
        return instant.getEpochSecond() + "." + String.format("%03d", instant.getNano() / 1_000_000);
    }

    static String nanos(Instant instant) {
        return String.valueOf(Math.multiplyExact(instant.toEpochMilli(), 1_000_000L));
    }

    static String micros(Instant instant) {
        return String.valueOf(instant.toEpochMilli() * 1_000L);
    }
}
