package io.nightshift.investigate.evidence;

import io.nightshift.investigate.domain.Untrusted;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How evidence is worded: the same everywhere, whatever the machine's language. */
final class Words {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int NAME = 80;
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final BigDecimal MANY = new BigDecimal(1_000_000);

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }

    /** Three digits of it, and no more characters than they need. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros();
        return rounded.abs().compareTo(MANY) < 0 ? rounded.toPlainString() : rounded.toString();
    }

    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochMilli(micros / 1000);
    }

    /** A metric, a span, a rule: named by whoever sends it. */
    static String named(String name) {
        return Untrusted.data(name, NAME);
    }
}
