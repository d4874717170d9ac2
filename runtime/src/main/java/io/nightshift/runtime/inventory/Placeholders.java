package io.nightshift.runtime.inventory;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The placeholders of declared commands and calls. */
final class Placeholders {

    /** In what looks. */
    static final Set<String> LOOK = Set.of("instance", "service", "serviceId");
    /** In what acts; besides these an action's arguments, as {@code {arg.name}}. */
    static final Set<String> ACT =
            Set.of("instance", "service", "serviceId", "actionId", "token", "planHash", "version", "previousVersion");

    static final String INSTANCE = "{instance}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");
    private static final Pattern ARGUMENT = Pattern.compile("arg\\.[A-Za-z][A-Za-z0-9]*");

    private Placeholders() {}

    static boolean in(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    /** Names of the placeholders in a text, in order. */
    static List<String> of(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** Refuses placeholders that nothing fills. */
    static void check(ConfigNode place, String text, Set<String> known) {
        for (String name : of(text)) {
            boolean isArgument =
                    known.contains("actionId") && ARGUMENT.matcher(name).matches();
            if (!known.contains(name) && !isArgument) {
                throw place.error("the placeholder {" + name + "} is unknown; " + Nearest.remedy(name, known));
            }
        }
    }

    static Set<String> and(Set<String> known, String more) {
        Set<String> both = new HashSet<>(known);
        both.add(more);
        return both;
    }
}
