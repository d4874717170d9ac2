package io.nightshift.detect.domain.slo;

import java.time.Duration;
import java.util.Locale;

/** A burning budget in words. */
final class BurnWords {

    private BurnWords() {}

    static String sentence(Objective objective, BurnWatch.Burn burn, double remaining) {
        Duration window = Duration.ofSeconds(burn.rule().longMicros(objective.periodMicros()) / 1_000_000);
        double spent = burn.longRate() * burn.rule().longUnits() / BurnRule.UNITS;
        String left = remaining >= 0
                ? String.format(Locale.ROOT, "%.0f %% left", 100 * remaining)
                : String.format(Locale.ROOT, "overspent by %.0f %%", -100 * remaining);
        return String.format(
                Locale.ROOT,
                "%s's %s budget burns %.1f times too fast: %.1f %% of the %s budget in the last %s; %s.",
                objective.service().service(),
                objective.title(),
                burn.longRate(),
                100 * spent,
                period(objective.period().length()),
                span(window),
                left);
    }

    private static String period(Duration length) {
        long days = length.toDays();
        if (days >= 28 && days <= 31) {
            return "month's";
        }
        if (days >= 89 && days <= 92) {
            return "quarter's";
        }
        if (days == 365 || days == 366) {
            return "year's";
        }
        if (days == 7) {
            return "week's";
        }
        return days == 1 ? "day's" : days > 1 ? days + " days'" : length.toHours() + " hours'";
    }

    /** "hour", "56 minutes", "3 days": in the greatest unit that tells it well. */
    static String span(Duration span) {
        if (span.toHours() >= 48) {
            return count(span.toHours() / 24.0, "day");
        }
        return span.toMinutes() >= 60
                ? count(span.toMinutes() / 60.0, "hour")
                : count(span.toSeconds() / 60.0, "minute");
    }

    private static String count(double number, String unit) {
        String text = String.format(Locale.ROOT, "%.1f", number).replace(".0", "");
        return text.equals("1") ? unit : text + " " + unit + "s";
    }
}
