package io.nightshift.bench.noise;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as data sets write them: numbers since the epoch of any usual unit, or a date and a time of day in UTC. */
final class Times {

    /** Names of a column of times; where several columns have one, that of the earlier name is taken. */
    private static final List<String> NAMES = List.of("timestamp", "unix_timestamp", "ts", "datetime", "time", "date");

    private static final Set<String> ALL = Set.copyOf(NAMES);
    private static final Pattern TEXT = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}(?::\\d{2})?)(?:[.,]\\d+)?(?:Z| ?\\+0000| UTC|$).*");

    private Times() {}

    /** The column whose heading names a time, in any of its rows; -1 when there is none. */
    static int column(List<String[]> heading) {
        for (String name : NAMES) {
            for (String[] row : heading) {
                for (int column = 0; column < row.length; column++) {
                    if (clean(row[column]).equals(name)) {
                        return column;
                    }
                }
            }
        }
        return -1;
    }

    static boolean isTime(List<String[]> heading, int column) {
        return heading.stream().anyMatch(row -> column < row.length && ALL.contains(clean(row[column])));
    }

    /** Microseconds since the epoch; -1 when the text is no time. */
    static long micros(String text) {
        try {
            double number = Double.parseDouble(text);
            double seconds = number;
            // Seconds have ten digits for two more centuries; what is longer is in a finer unit.
            while (seconds > 1e11) {
                seconds /= 1_000;
            }
            return Double.isFinite(number) && number >= 0 ? Math.round(seconds * 1e6) : -1;
        } catch (NumberFormatException notANumber) {
            return date(text);
        }
    }

    private static long date(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return -1;
        }
        try {
            LocalDateTime time = LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2));
            return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000;
        } catch (DateTimeParseException e) {
            return -1;
        }
    }

    private static String clean(String cell) {
        return cell.strip().toLowerCase(Locale.ROOT);
    }
}
