package io.nightshift.ingest.domain;

/**
 * Text from outside. Only what no reader could handle is replaced here (NUL and lone surrogates, by U+FFFD); control and
 * bidirectional characters are evidence and are escaped where they are shown.
 */
final class Text {
    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    /** The same string when nothing had to be replaced. */
    static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isFine(text, i)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    /** Cleaned, and cut to at most so many UTF-8 bytes at a character's end. */
    static String clean(String text, int maxBytes) {
        return cut(clean(text), maxBytes);
    }

    /** The longest beginning within so many UTF-8 bytes that ends with a whole character. */
    static String cut(String text, int maxBytes) {
        if (text.length() <= maxBytes / 3) {
            return text;
        }
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            bytes += utf8Bytes(point);
            if (bytes > maxBytes) {
                return text.substring(0, i);
            }
            i += Character.charCount(point);
        }
        return text;
    }

    static int utf8Length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair stands for two of the four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    private static int utf8Bytes(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }

    private static boolean isFine(String text, int i) {
        char c = text.charAt(i);
        if (c == 0) {
            return false;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        return !Character.isLowSurrogate(c) || (i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private static String replaced(String text, int from) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = from; i < text.length(); i++) {
            if (!isFine(text, i)) {
                clean.setCharAt(i, REPLACEMENT);
            }
        }
        return clean.toString();
    }
}
