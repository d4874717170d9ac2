package io.nightshift.detect.domain.log;

/** What a character is to a log line. ASCII by table; the rest by Unicode. */
final class Chars {

    static final int OTHER = 0;
    static final int LETTER = 1;
    static final int DIGIT = 2;
    /** Joins letters and digits to one name, number or path: {@code _ - . / $}. */
    static final int JOINT = 3;

    static final int SPACE = 4;
    static final int QUOTE = 5;
    static final int OPEN = 6;
    static final int CLOSE = 7;
    static final int EQUAL = 8;
    static final int COLON = 9;
    /** Belongs to the number that follows it: {@code < > + ~ @ #}. */
    static final int SIGN = 10;

    private static final byte[] TYPES = new byte[128];

    static {
        for (int c = 'a'; c <= 'z'; c++) {
            TYPES[c] = LETTER;
            TYPES[c - 'a' + 'A'] = LETTER;
        }
        for (int c = '0'; c <= '9'; c++) {
            TYPES[c] = DIGIT;
        }
        set("_-./$", JOINT);
        set(" \t\n\r\f\u000b", SPACE);
        set("\"'", QUOTE);
        set("([", OPEN);
        set(")", CLOSE);
        set("=", EQUAL);
        set(":", COLON);
        set("<>+~@#", SIGN);
    }

    private Chars() {}

    private static void set(String chars, int type) {
        chars.chars().forEach(c -> TYPES[c] = (byte) type);
    }

    static int type(char c) {
        if (c < 128) {
            return TYPES[c];
        }
        if (Character.isLetterOrDigit(c)) {
            return LETTER;
        }
        return Character.isWhitespace(c) || Character.isSpaceChar(c) ? SPACE : OTHER;
    }

    static boolean isCore(char c) {
        int type = type(c);
        return type == LETTER || type == DIGIT || type == JOINT;
    }

    static boolean isNameChar(char c) {
        int type = type(c);
        return type == LETTER || type == DIGIT;
    }

    static boolean isLetter(char c) {
        return type(c) == LETTER;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(char c) {
        int lower = c | 0x20;
        return isDigit(c) || lower >= 'a' && lower <= 'f';
    }

    static boolean isSpace(char c) {
        return type(c) == SPACE;
    }

    /** Ends a value that was assigned to a key, an address or a path. */
    static boolean endsValue(char c) {
        return switch (c) {
            case ',', ';', ')', ']', '}', '>', '"', '\'', '&', '(', '|' -> true;
            default -> isSpace(c);
        };
    }
}
