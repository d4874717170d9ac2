package io.nightshift.runtime.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts environment variables into texts: {@code ${NAME}} or {@code ${NAME:-fallback}}. */
final class Substitution {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}");

    private Substitution() {}

    static String of(String text, Map<String, String> environment, ConfigNode place) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "${" : value(found.group(1), found.group(2), environment, place)));
    }

    private static String value(String name, String fallback, Map<String, String> environment, ConfigNode place) {
        String value = environment.getOrDefault(name, fallback);
        if (value == null) {
            throw place.error(
                    "the environment variable " + name + " is not set; set it, or write ${" + name + ":-fallback}");
        }
        return value;
    }
}
