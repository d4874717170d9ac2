package io.nightshift.investigate.domain;

import io.nightshift.runtime.text.SecretMask;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Renders text that somebody else chose as data: secrets and personal data masked, variables too where wished, escaped,
 * bounded, between guillemets that the text itself cannot contain. Nothing that a stranger wrote is ever shown otherwise,
 * names included: {@code restart-payments-now} is a fine name for a service, and an order.
 */
public final class Untrusted {

    /** Longest name that is shown whole: environment, namespace and service together. */
    private static final int NAME = 160;

    private static final int LABEL = 60;
    private static final int LABELS = 4;

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,64}");

    private static final Pattern VARIABLE = Pattern.compile(
            "\\b(?:[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|0x[0-9a-fA-F]+|[0-9a-fA-F]{16,}|\\d+(?:[.:,]\\d+)*)\\b");

    private Untrusted() {}

    /** The text between guillemets, at most {@code limit} characters of it. */
    public static String data(String text, int limit) {
        return marked(masked(text, limit), limit);
    }

    /** The same with numbers and identifiers masked, so that lines of one origin look alike. */
    public static String template(String text, int limit) {
        return marked(VARIABLE.matcher(masked(text, limit)).replaceAll("*"), limit);
    }

    /** A name; {@link KnownNames} shows those bare that the operator wrote himself. */
    public static String name(String text) {
        return data(text, NAME);
    }

    /** An identifier such as a trace's: bare when it is made of hexadecimal digits alone, which say nothing. */
    public static String id(String text) {
        return text != null && HEX.matcher(text).matches() ? text : name(text);
    }

    /** The first labels by name, keys and values as data; empty for none. */
    public static String labels(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .limit(LABELS)
                        .map(label -> " " + data(label.getKey() + "=" + label.getValue(), LABEL))
                        .collect(Collectors.joining());
    }

    /**
     * Lines from outside, such as a tool's answer or a skill's text, each as data.
     *
     * @param lines greatest number of lines kept
     * @param limit greatest number of characters kept of each
     */
    public static String lines(Collection<String> text, int lines, int limit) {
        String shown = text.stream().limit(lines).map(line -> data(line, limit)).collect(Collectors.joining(" "));
        int hidden = text.size() - lines;
        return hidden > 0 ? shown + " and " + hidden + " further lines" : shown;
    }

    /** One character more than is shown, so that what was cut is seen to be cut. */
    private static String masked(String text, int limit) {
        return text == null ? "" : SecretMask.mask(text, limit + 1);
    }

    private static String marked(String text, int limit) {
        return "«" + Quoted.text(text, limit) + "»";
    }
}
