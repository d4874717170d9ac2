package io.nightshift.detect.domain.log;

import io.nightshift.events.LogLine;

/** How severe a line is, in OpenTelemetry's severity numbers. Senders that do not say so mostly write it into the text. */
final class LineSeverity {

    static final int UNKNOWN = 0;
    static final int WARN = 13;
    static final int ERROR = 17;
    static final int FATAL = 21;

    /** A level stands at the beginning of a line. */
    private static final int WORDS = 12;

    private static final KnownWords FATALS =
            new KnownWords("fatal critical crit panic emerg emergency alert traceback");
    private static final KnownWords ERRORS = new KnownWords("error err severe exception");
    private static final KnownWords WARNINGS = new KnownWords("warn warning");
    private static final KnownWords HARMLESS = new KnownWords("info information notice debug trace verbose");

    private LineSeverity() {}

    /** What the sender says, by number or by word, or else what the text says; 0 when neither does. */
    static int of(LogLine line) {
        if (line.getSeverity() > 0) {
            return line.getSeverity();
        }
        String said = line.getSeverityText();
        int severity = said == null || said.isEmpty() ? UNKNOWN : level(said.toCharArray(), 0, said.length());
        return severity > 0 ? severity : of(line.getBody());
    }

    /** The first level among the first words: as in "12:00 ERROR [main] ..." or "level=warn ...". */
    static int of(String body) {
        char[] chars = body.substring(0, Math.min(body.length(), 400)).toCharArray();
        int words = 0;
        for (int i = 0; i < chars.length && words < WORDS; words++) {
            while (i < chars.length && !Chars.isLetter(chars[i])) {
                i++;
            }
            int from = i;
            while (i < chars.length && Chars.isNameChar(chars[i])) {
                i++;
            }
            int level = isLevel(chars, from, i, words) ? level(chars, from, i) : UNKNOWN;
            if (level > 0) {
                return level;
            }
            if (endsWith(chars, from, i, "Exception") || endsWith(chars, from, i, "Error")) {
                return ERROR;
            }
        }
        return UNKNOWN;
    }

    /** In running text "error" is a word like others: a level is in capitals, or first, or stands in brackets or after "=". */
    private static boolean isLevel(char[] chars, int from, int to, int words) {
        boolean capitals = to - from > 2 && chars[from] <= 'Z' && chars[to - 1] <= 'Z';
        boolean marked = from > 0 && (chars[from - 1] == '=' || chars[from - 1] == '[' || chars[from - 1] == '"');
        boolean headed = words == 0 && to < chars.length && (chars[to] == ':' || chars[to] == ']');
        return capitals || marked || headed;
    }

    private static int level(char[] chars, int from, int to) {
        if (HARMLESS.has(chars, from, to)) {
            return 9;
        } else if (WARNINGS.has(chars, from, to)) {
            return WARN;
        } else if (ERRORS.has(chars, from, to)) {
            return ERROR;
        }
        return FATALS.has(chars, from, to) ? FATAL : UNKNOWN;
    }

    private static boolean endsWith(char[] chars, int from, int to, String ending) {
        int at = to - ending.length();
        return at > from && new String(chars, at, ending.length()).equals(ending);
    }
}
