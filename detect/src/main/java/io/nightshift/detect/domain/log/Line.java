package io.nightshift.detect.domain.log;

import static io.nightshift.detect.domain.log.Chars.isSpace;

/** The characters of one line, and where reading stands. Reused from line to line. */
abstract class Line {

    static final int MAX_CHARS = 4_096;
    /** Quotations and brackets longer than this are read as text, so that unpaired ones cost little. */
    private static final int LONGEST_SPAN = 256;

    /** Three zero characters stand behind the line, for looking ahead. */
    final char[] chars = new char[MAX_CHARS + 3];

    int length;
    int at;

    /** Takes the first characters of a line. */
    void take(String line) {
        length = Math.min(line.length(), MAX_CHARS);
        line.getChars(0, length, chars, 0);
        chars[length] = 0;
        chars[length + 1] = 0;
        chars[length + 2] = 0;
        at = 0;
    }

    boolean hasDigit(int from, int to) {
        for (int i = from; i < to; i++) {
            if (Chars.isDigit(chars[i])) {
                return true;
            }
        }
        return false;
    }

    void skipToEndOfAddress() {
        int from = at;
        while (at < length && !endsAddress(chars[at])) {
            at++;
        }
        while (at > from + 1 && (chars[at - 1] == '.' || chars[at - 1] == ':')) {
            at--;
        }
    }

    /** A query's signs belong to the address. */
    private static boolean endsAddress(char c) {
        return Chars.endsValue(c) && c != '&' && c != '(' && c != '|';
    }

    boolean isRequestLine(int from, int close) {
        int to = from;
        while (to < close && chars[to] >= 'A' && chars[to] <= 'Z') {
            to++;
        }
        return to < close && chars[to] == ' ' && KnownWords.VERBS.has(chars, from, to);
    }

    void skipSpaces() {
        while (isSpace(chars[at])) {
            at++;
        }
    }

    int find(char c, int from) {
        int limit = Math.min(length, from + LONGEST_SPAN);
        for (int i = from; i < limit; i++) {
            if (chars[i] == c) {
                return i;
            }
        }
        return -1;
    }

    boolean isOneWord(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (isSpace(c) || c == '(' || c == '[' || c == '{' || c == '=') {
                return false;
            }
        }
        return true;
    }

    /** Letters only, or nothing: may well be the same each time. */
    boolean isPlain(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Chars.isLetter(chars[i]) && chars[i] != '_' && chars[i] != '-') {
                return false;
            }
        }
        return !KnownWords.TRUTHS.has(chars, from, to);
    }
}
