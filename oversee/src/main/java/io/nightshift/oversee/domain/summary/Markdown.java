package io.nightshift.oversee.domain.summary;

/** Writes Markdown in which foreign text stays text: no links, no HTML, no headings of its own, no control characters. */
final class Markdown {

    private static final String SPECIAL = "\\`*_{}[]#!|~$";

    private final StringBuilder out = new StringBuilder();

    /** A heading; the text is escaped. */
    void heading(int level, String text) {
        if (out.length() > 0) {
            out.append('\n');
        }
        out.append("#".repeat(level)).append(' ').append(escape(text)).append("\n\n");
    }

    /** A paragraph of escaped text. */
    void line(String escaped) {
        out.append(escaped).append("\n\n");
    }

    /** A list item of escaped text. */
    void item(String escaped) {
        out.append("- ").append(escaped).append('\n');
    }

    void subItem(String escaped) {
        out.append("  - ").append(escaped).append('\n');
    }

    /** The text with everything escaped that Markdown or HTML would act on; line breaks and control characters are blanks. */
    static String escape(String text) {
        StringBuilder clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (c == '<') {
                clean.append("&lt;");
            } else if (c == '>') {
                clean.append("&gt;");
            } else if (type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE) {
                clean.append(' ');
            } else {
                if (SPECIAL.indexOf(c) >= 0) {
                    clean.append('\\');
                }
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
