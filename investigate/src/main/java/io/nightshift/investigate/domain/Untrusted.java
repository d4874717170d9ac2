package io.nightshift.investigate.domain;

import java.util.regex.Pattern;

/**
 * Renders text that somebody else chose as data: secrets out, variables masked, escaped, bounded, between guillemets that the
 * text itself cannot contain.
 */
public final class Untrusted {

    /** Text is cut to a multiple of its limit before the patterns run over it, so that a huge line costs little. */
    private static final int LOOK_AHEAD = 4;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/-]{1,160}");

    private static final Pattern VARIABLE = Pattern.compile(
            "\\b(?:[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|0x[0-9a-fA-F]+|[0-9a-fA-F]{16,}|\\d+(?:[.:,]\\d+)*)\\b");

    private Untrusted() {}

    /** The text between guillemets, at most {@code limit} characters of it. */
    public static String data(String text, int limit) {
        return "«" + Quoted.text(Redaction.of(bounded(text, limit)), limit) + "»";
    }

    /** The same with numbers and identifiers masked, so that lines of one origin look alike. */
    public static String template(String text, int limit) {
        String masked = VARIABLE.matcher(Redaction.of(bounded(text, limit))).replaceAll("*");
        return "«" + Quoted.text(masked, limit) + "»";
    }

    /** A name: bare when it is made like one, data otherwise. */
    public static String name(String text) {
        return text != null && NAME.matcher(text).matches() ? text : data(text, Quoted.NAME);
    }

    private static String bounded(String text, int limit) {
        if (text == null) {
            return "";
        }
        return text.length() > limit * LOOK_AHEAD ? text.substring(0, limit * LOOK_AHEAD) : text;
    }
}
