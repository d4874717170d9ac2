package io.nightshift.runtime.text;

import java.util.regex.Pattern;

/** Writes Markdown in which foreign text stays text: no links, no HTML, no headings of its own, no control characters. */
public final class Markdown {

    private static final String SPECIAL = "\\`*_{}[]#!|~$";
    /** What would begin a list or underline a heading at the start of a line. */
    private static final Pattern STARTS_A_BLOCK = Pattern.compile("^(\\d*)([-+=.)])");

    private final StringBuilder out = new StringBuilder();

    /** A heading; the text is escaped. */
    public void heading(int level, String text) {
        blankLine();
        out.append("#".repeat(level)).append(' ').append(escape(text)).append("\n\n");
    }

    /** A paragraph of escaped text. */
    public void line(String escaped) {
        blankLine();
        out.append(escaped).append("\n\n");
    }

    private void blankLine() {
        if (out.length() > 0 && !out.toString().endsWith("\n\n")) {
            out.append('\n');
        }
    }

    /** A list item of escaped text. */
    public void item(String escaped) {
        out.append("- ").append(escaped).append('\n');
    }

    public void subItem(String escaped) {
        out.append("  - ").append(escaped).append('\n');
    }

    /**
     * A block of code.
     *
     * @param language such as {@code diff}
     * @param text in which no line may begin a fence: what would is indented
     */
    public void fenced(String language, String text) {
        blankLine();
        out.append("```").append(language).append('\n');
        text.lines().map(Markdown::plain).forEach(line -> out.append(line.startsWith("```") ? " " : "")
                .append(line)
                .append('\n'));
        out.append("```\n\n");
    }

    /** Code: nothing in it is acted on; what would end it is replaced. */
    public static String code(String text) {
        return "`" + plain(text).replace('`', '\'') + "`";
    }

    /**
     * The text with everything escaped that Markdown or HTML would act on, addresses that renderers make links of by themselves
     * among them; line breaks, control and direction characters are blanks.
     */
    public static String escape(String text) {
        StringBuilder clean = new StringBuilder(text.length() + 16);
        plain(text).strip().codePoints().forEach(c -> {
            switch (c) {
                case '<' -> clean.append("&lt;");
                case '>' -> clean.append("&gt;");
                case '&' -> clean.append("&amp;"); // or &#8238; would become the character that plain() took out
                default -> {
                    if (SPECIAL.indexOf(c) >= 0) {
                        clean.append('\\');
                    }
                    clean.appendCodePoint(c);
                }
            }
        });
        String unlinked = clean.toString().replace("://", "\\://").replaceAll("(?i)\\b(www)\\.", "$1\\\\.");
        return STARTS_A_BLOCK.matcher(unlinked).replaceFirst("$1\\\\$2");
    }

    private static String plain(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> clean.append(' ');
                default -> clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
