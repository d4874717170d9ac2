package io.nightshift.investigate.look;

import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Arguments as a model gave them, checked against what the tool declares. A blank one counts as absent. */
public final class Arguments {

    /** Longest argument, in characters: a query that is longer was not meant to be read. */
    public static final int LONGEST = 2_000;

    private static final int SHOWN = 60;

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @throws LookException when a required one is missing, one is unknown, too long, or holds control characters
     */
    public static Arguments of(List<Parameter> declared, Map<String, String> given) throws LookException {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, String> entry : given.entrySet()) {
            String value = entry.getValue() == null ? "" : entry.getValue().strip();
            if (declared.stream().noneMatch(parameter -> parameter.name().equals(entry.getKey()))) {
                throw new LookException("the argument " + Untrusted.data(entry.getKey(), SHOWN)
                        + " is unknown; this tool takes " + names(declared));
            }
            if (value.length() > LONGEST) {
                throw new LookException(
                        "the argument " + entry.getKey() + " is longer than " + LONGEST + " characters; ask for less");
            }
            if (value.chars().anyMatch(character -> Character.isISOControl(character) && character != '\n')) {
                throw new LookException("the argument " + entry.getKey() + " holds control characters; leave them out");
            }
            if (!value.isEmpty()) {
                values.put(entry.getKey(), value);
            }
        }
        for (Parameter parameter : declared) {
            if (parameter.required() && !values.containsKey(parameter.name())) {
                throw new LookException("the argument " + parameter.name() + " is missing: " + parameter.description());
            }
        }
        return new Arguments(values);
    }

    private static String names(List<Parameter> declared) {
        return declared.isEmpty()
                ? "no arguments"
                : declared.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    /** A required one. */
    public String text(String name) {
        return values.get(name);
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** All that were given, by name. */
    public Map<String, String> given() {
        return Map.copyOf(values);
    }

    /**
     * One that must have a form.
     *
     * @param words the form in words, such as "16 or 32 hex digits"
     */
    public Optional<String> matching(String name, Pattern form, String words) throws LookException {
        String value = values.get(name);
        if (value != null && !form.matcher(value).matches()) {
            throw new LookException(
                    "the argument " + name + " must be " + words + ", not " + Untrusted.data(value, SHOWN));
        }
        return Optional.ofNullable(value);
    }

    /** One of a closed set. */
    public Optional<String> oneOf(String name, List<String> allowed) throws LookException {
        String value = values.get(name);
        if (value != null && !allowed.contains(value)) {
            throw new LookException("the argument " + name + " must be one of " + String.join(", ", allowed) + ", not "
                    + Untrusted.data(value, SHOWN));
        }
        return Optional.ofNullable(value);
    }
}
