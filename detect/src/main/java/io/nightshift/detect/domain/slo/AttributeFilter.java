package io.nightshift.detect.domain.slo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which series of a metric are meant. A value is compared as it is; a {@code *} at its end stands for any rest and a
 * {@code !} at its beginning for "not". Of several plain values one must fit; of the negated ones none may.
 *
 * @param wanted patterns by attribute name; empty means every series
 */
public record AttributeFilter(Map<String, List<String>> wanted) {

    public AttributeFilter {
        Map<String, List<String>> copy = new TreeMap<>();
        wanted.forEach((name, patterns) -> copy.put(name, List.copyOf(patterns)));
        wanted = copy;
    }

    public static AttributeFilter all() {
        return new AttributeFilter(Map.of());
    }

    public boolean matches(Map<String, String> attributes) {
        for (Map.Entry<String, List<String>> entry : wanted.entrySet()) {
            if (!fits(entry.getValue(), attributes.getOrDefault(entry.getKey(), ""))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(List<String> patterns, String value) {
        boolean hasPlain = false;
        boolean fits = false;
        for (String pattern : patterns) {
            if (pattern.startsWith("!")) {
                if (fits(pattern.substring(1), value)) {
                    return false;
                }
            } else {
                hasPlain = true;
                fits |= fits(pattern, value);
            }
        }
        return fits || !hasPlain;
    }

    static boolean fits(String pattern, String value) {
        return pattern.endsWith("*")
                ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                : value.equals(pattern);
    }
}
