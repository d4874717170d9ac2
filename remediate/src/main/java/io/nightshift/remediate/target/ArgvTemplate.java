package io.nightshift.remediate.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills an argv template without a shell: a placeholder becomes part of one argument and never two, and a value can't
 * become an option of its own.
 */
public final class ArgvTemplate {

    static final Pattern PLACEHOLDER = Pattern.compile("\\{((?:arg\\.)?[A-Za-z][A-Za-z0-9]*)}");
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+:/@~-]{0,255}");

    private static final String ARGUMENT = "arg.";

    private ArgvTemplate() {}

    /**
     * @throws IllegalArgumentException when a placeholder has no value, or a value holds what no identifier holds
     */
    public static List<String> fill(List<String> template, Map<String, String> values) {
        List<String> argv = new ArrayList<>();
        for (String word : template) {
            Matcher placeholders = PLACEHOLDER.matcher(word);
            StringBuilder filled = new StringBuilder();
            while (placeholders.find()) {
                placeholders.appendReplacement(filled, Matcher.quoteReplacement(value(placeholders.group(1), values)));
            }
            argv.add(placeholders.appendTail(filled).toString());
        }
        return argv;
    }

    /** The value of a placeholder; an action's argument is known by its plain name too. Null when there is none. */
    static String valueOf(String name, Map<String, String> values) {
        String value = values.get(name);
        return value == null && name.startsWith(ARGUMENT) ? values.get(name.substring(ARGUMENT.length())) : value;
    }

    /** @throws IllegalArgumentException as {@link #fill} */
    static String value(String name, Map<String, String> values) {
        String value = valueOf(name, values);
        if (value == null) {
            throw new IllegalArgumentException("it needs {" + name + "}, which this action does not have");
        }
        if (!SAFE.matcher(value).matches()) {
            throw new IllegalArgumentException("the value of {" + name + "} holds what no identifier holds");
        }
        return value;
    }
}
