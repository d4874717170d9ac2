package io.nightshift.remediate.domain;

import java.util.LinkedHashMap;
import java.util.Map;

/** State tokens of what an effect touches: of one instance, or of several as {@code instance=token} lines. */
public final class StateTokens {

    private StateTokens() {}

    /** How far the effect got, as the tokens tell. */
    public enum Change {
        ALL,
        SOME,
        NONE
    }

    public static String join(Map<String, String> tokens) {
        StringBuilder joined = new StringBuilder();
        new LinkedHashMap<>(tokens)
                .forEach((instance, token) ->
                        joined.append(instance).append('=').append(token).append('\n'));
        return joined.toString();
    }

    /** Compares what was noted before the effect with what is there now. */
    public static Change compare(String before, String after) {
        Map<String, String> old = split(before);
        Map<String, String> now = split(after);
        long changed = old.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(now.get(entry.getKey())))
                .count();
        if (changed == 0) {
            return Change.NONE;
        }
        return changed == old.size() ? Change.ALL : Change.SOME;
    }

    private static Map<String, String> split(String joined) {
        Map<String, String> tokens = new LinkedHashMap<>();
        joined.lines().forEach(line -> {
            int equals = line.indexOf('=');
            tokens.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
        return tokens;
    }
}
