package io.nightshift.detect.domain.log;

import static io.nightshift.detect.domain.log.Chars.isDigit;
import static io.nightshift.detect.domain.log.Chars.isHex;

/** A run of letters, digits and what joins them: what it is made of, and whether it is a value by its looks. */
final class Core {

    /** A name with this many digits is one of many: a block, a task, a host. */
    private static final int DIGITS_OF_A_VALUE = 3;
    /** Dotted names from this many parts on are qualified: a class, a host, a property. */
    private static final int PARTS_OF_A_QUALIFIED_NAME = 3;

    private final char[] chars;
    int start;
    /** Behind its last character that is not a full stop or a dash at its end. */
    int end;
    /** Hash of the characters from start to end. */
    long hash;

    int letters;
    int digits;
    private int hexLetters;
    private int slashes;
    int dots;
    int dashes;
    private boolean camel;

    Core(char[] chars) {
        this.chars = chars;
    }

    /** Reads the core that begins at {@code from}. */
    void read(int from, int length) {
        start = from;
        letters = digits = hexLetters = slashes = dots = dashes = 0;
        camel = false;
        end = from;
        long h = 7;
        long solid = 7;
        int at = from;
        while (true) {
            char c = chars[at];
            int type = Chars.type(c);
            if (type == Chars.LETTER) {
                letters++;
                hexLetters += isHex(c) ? 1 : 0;
                camel |= c <= 'Z' && at > from && chars[at - 1] >= 'a' && chars[at - 1] <= 'z';
            } else if (type == Chars.DIGIT) {
                digits++;
            } else if (isScope(at)) {
                h = 31 * h + c;
                at++;
            } else if (c == '%' && digits > 0) {
                end = at + 1;
                break;
            } else if (type != Chars.JOINT && !isTilde(at) || c == '.' && chars[at + 1] == '.') {
                break;
            } else {
                slashes += c == '/' ? 1 : 0;
                dots += c == '.' ? 1 : 0;
                dashes += c == '-' ? 1 : 0;
            }
            h = 31 * h + c;
            at++;
            if (c != '.' && c != '-') {
                end = at;
                solid = h;
            }
        }
        end = Math.min(end, length);
        hash = Mixing.mix(solid);
    }

    /** {@code Type::member} is one name. */
    private boolean isScope(int at) {
        return chars[at] == ':'
                && chars[at + 1] == ':'
                && letters > 0
                && Chars.isLetter(chars[at - 1])
                && Chars.isLetter(chars[at + 2]);
    }

    private boolean isTilde(int at) {
        return chars[at] == '~'
                && at > start
                && (Chars.isNameChar(chars[at - 1]) || chars[at - 1] == '~')
                && (Chars.isNameChar(chars[at + 1]) || chars[at + 1] == '~');
    }

    boolean isOnlyMarks() {
        return letters + digits == 0;
    }

    /** A number, an address, an identifier or a path: its text never matters. */
    boolean isValue() {
        if (digits > 0) {
            boolean isHexWord = letters == hexLetters && end - start >= 4;
            boolean beginsWithDigit = isDigit(chars[start]) || chars[start] == '-' && isDigit(chars[start + 1]);
            if (letters == 0 || digits >= DIGITS_OF_A_VALUE || isHexWord || beginsWithDigit) {
                return true;
            }
        }
        return slashes >= 2 || slashes == 1 && chars[start] == '/';
    }

    boolean isNumber() {
        return letters == 0;
    }

    /** A name with a number in it or of several parts: alike in grouping, its text kept until it differs. */
    boolean isVariant() {
        return digits > 0 || dots >= PARTS_OF_A_QUALIFIED_NAME - 1;
    }

    boolean isTruth() {
        return KnownWords.TRUTHS.has(chars, start, end);
    }

    /** Could be a host before a colon and a port. Hosts are not written in camel case. */
    boolean isHost() {
        return (dots > 0 || dashes > 0 && digits > 0) && !camel;
    }

    /**
     * Groups of hex digits joined by two or more colons, from {@code from} on: a hardware address, an IPv6 address, a time.
     *
     * @return where it ends, or -1
     */
    static int endOfHexGroups(char[] chars, int from) {
        int colons = 0;
        boolean digit = false;
        int i = from;
        while (isHex(chars[i]) || chars[i] == ':' && (isHex(chars[i + 1]) || chars[i + 1] == ':')) {
            colons += chars[i] == ':' ? 1 : 0;
            digit |= isDigit(chars[i]);
            i++;
        }
        if (colons < 2 || !digit && colons < 5 || Chars.isLetter(chars[i])) {
            return -1;
        }
        while (Chars.isCore(chars[i])) {
            i++;
        }
        return i;
    }
}
