package io.nightshift.investigate.domain;

/**
 * Makes text that somebody else chose harmless to show: one line, printable characters only, bounded. Control characters,
 * terminal escapes, bidirectional overrides, invisible and private characters become a visible {@code \\u....}; angle
 * brackets, backticks and braces become look-alikes that open no tag, block or template.
 */
public final class Quoted {

    /** Longest name of a service, instance, metric or release that is shown whole. */
    public static final int NAME = 80;

    private Quoted() {}

    /** A name: short, and without spaces beyond single ones. */
    public static String name(String text) {
        return text(text, NAME);
    }

    /**
     * @param text anything, also null
     * @param limit greatest number of characters kept, at least 1; an ellipsis marks a cut
     */
    public static String text(String text, int limit) {
        if (text == null) {
            return "";
        }
        StringBuilder out = new StringBuilder(Math.min(text.length(), limit) + 16);
        int index = 0;
        while (index < text.length()) {
            if (out.length() >= limit) {
                return out.append('…').toString();
            }
            int character = text.codePointAt(index);
            index += Character.charCount(character);
            append(out, character);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int character) {
        switch (character) {
            case '\t', '\n', '\r' -> out.append(' ');
            case '<', '«' -> out.append('‹');
            case '>', '»' -> out.append('›');
            case '`' -> out.append('\'');
            case '{' -> out.append('(');
            case '}' -> out.append(')');
            default -> {
                if (isVisible(character)) {
                    out.appendCodePoint(character);
                } else {
                    out.append(String.format("\\u%04x", character));
                }
            }
        }
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
