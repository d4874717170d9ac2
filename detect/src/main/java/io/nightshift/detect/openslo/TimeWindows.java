package io.nightshift.detect.openslo;

import io.nightshift.detect.domain.slo.Period;
import io.nightshift.runtime.config.ConfigNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations and time windows as OpenSLO writes them. */
final class TimeWindows {

    /** Without a window of its own an objective is over four weeks. */
    private static final Duration DEFAULT = Duration.ofDays(28);

    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})([mhdwMQY])");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS,
            "w", ChronoUnit.WEEKS,
            "M", ChronoUnit.MONTHS,
            "Y", ChronoUnit.YEARS);

    private record Written(int count, ChronoUnit unit) {
        /** A month in a rolling window is 30 days, a year 365. */
        Duration length() {
            return switch (unit) {
                case MONTHS -> Duration.ofDays(30L * count);
                case YEARS -> Duration.ofDays(365L * count);
                default -> unit.getDuration().multipliedBy(count);
            };
        }
    }

    private TimeWindows() {}

    static Period of(ConfigNode spec) {
        if (spec.get("timeWindow").isEmpty()) {
            return new Period.Rolling(DEFAULT);
        }
        ConfigNode list = spec.require("timeWindow");
        List<ConfigNode> windows = list.items();
        if (windows.size() != 1) {
            throw list.error("exactly one time window is expected, not " + windows.size() + "; write one SLO for each");
        }
        ConfigNode window = windows.get(0).allowOnly(Set.of("duration", "isRolling", "calendar"));
        ConfigNode duration = window.require("duration");
        Written written = written(duration);
        boolean hasCalendar = window.get("calendar").isPresent();
        boolean rolling = window.bool("isRolling", !hasCalendar);
        if (rolling == hasCalendar) {
            throw window.error(
                    rolling
                            ? "a rolling window has no 'calendar'; remove it, or write 'isRolling: false'"
                            : "a window that does not roll needs 'calendar' with startTime and timeZone; add it, or write"
                                    + " 'isRolling: true'");
        }
        Duration length = written.length();
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw duration.error("'" + duration.text() + "' is out of range; a budget is over 1h to 366d");
        }
        return rolling ? new Period.Rolling(length) : calendar(window.require("calendar"), duration, written);
    }

    /** A duration of OpenSLO: minutes, hours, days and weeks, and where they are meant months, quarters and years. */
    static Duration duration(ConfigNode node) {
        return written(node).length();
    }

    private static Period calendar(ConfigNode node, ConfigNode duration, Written written) {
        node.allowOnly(Set.of("startTime", "timeZone"));
        if (!written.unit().isDateBased()) {
            throw duration.error("a calendar window lasts whole days, weeks, months, quarters or years, not '"
                    + duration.text() + "'; write such as 1M");
        }
        return new Period.Calendar(
                startTime(node.require("startTime")),
                timeZone(node.require("timeZone")),
                written.count(),
                written.unit());
    }

    private static LocalDateTime startTime(ConfigNode node) {
        try {
            return LocalDateTime.parse(node.text().strip().replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw node.error("'" + node.text() + "' is no date with time; write such as 2026-01-01 00:00:00");
        }
    }

    private static ZoneId timeZone(ConfigNode node) {
        try {
            return ZoneId.of(node.text());
        } catch (DateTimeException e) {
            throw node.error(
                    "'" + node.text() + "' is no time zone; write its IANA name, such as Europe/Berlin or UTC");
        }
    }

    private static Written written(ConfigNode node) {
        Matcher matcher = FORM.matcher(node.text().strip());
        if (!matcher.matches()) {
            throw node.error("'" + node.text() + "' is no duration; write a whole number and one of m, h, d, w (minutes"
                    + " to weeks), M, Q, Y (months to years), such as 28d");
        }
        int count = Integer.parseInt(matcher.group(1));
        return matcher.group(2).equals("Q")
                ? new Written(3 * count, ChronoUnit.MONTHS)
                : new Written(count, UNITS.get(matcher.group(2)));
    }
}
