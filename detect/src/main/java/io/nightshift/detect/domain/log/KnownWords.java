package io.nightshift.detect.domain.log;

import java.util.Arrays;

/** Words that mean the same in every log. Up to twelve letters fit into a number, so that looking one up allocates nothing. */
final class KnownWords {

    private static final int LONGEST = 12;

    /** Days and months: part of the value that follows. */
    static final KnownWords DATES =
            new KnownWords("jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july"
                    + " august september october november december mon tue wed thu fri sat sun monday tuesday wednesday"
                    + " thursday friday saturday sunday");

    /** Units and time zones: part of the number before. */
    static final KnownWords UNITS =
            new KnownWords("b kb mb gb tb k m g kib mib gib tib byte bytes bit bits kbps mbps ns us ms msec msecs usec"
                    + " s sec secs second seconds millis millisecond milliseconds microsecond microseconds nanoseconds"
                    + " min mins minute minutes h hour hours day days hz khz mhz ghz percent am pm utc gmt est edt cst"
                    + " cdt mst mdt pst pdt cet cest bst");

    static final KnownWords TRUTHS = new KnownWords("true false null none nil");

    /** After one of these stands somebody or some place. */
    static final KnownWords SLOTS = new KnownWords("user from host by client");

    /** Keys of structured logs whose value is the message itself and not a parameter of it. */
    static final KnownWords MESSAGE_KEYS =
            new KnownWords("msg message level lvl severity event error err exception text");

    /** Levels are part of what a line says, wherever they stand. */
    static final KnownWords LEVELS = new KnownWords(
            "trace debug verbose info notice warn warning error err severe fatal critical crit alert emerg");

    static final KnownWords VERBS = new KnownWords("get post put delete head options patch connect");

    private final long[] codes;

    KnownWords(String words) {
        codes = Arrays.stream(words.split(" "))
                .mapToLong(w -> code(w.toCharArray(), 0, w.length()))
                .sorted()
                .toArray();
    }

    boolean has(char[] chars, int from, int to) {
        long code = code(chars, from, to);
        return code != 0 && Arrays.binarySearch(codes, code) >= 0;
    }

    /** The letters without case, five bits each; 0 when it is not such a word. */
    private static long code(char[] chars, int from, int to) {
        if (to - from > LONGEST) {
            return 0;
        }
        long code = 0;
        for (int i = from; i < to; i++) {
            int letter = (chars[i] | 0x20) - 'a' + 1;
            if (letter < 1 || letter > 26 || chars[i] > 'z') {
                return 0;
            }
            code = code << 5 | letter;
        }
        return code;
    }
}
