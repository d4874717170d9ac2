package io.nightshift.remediate.domain.catalogue;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An argument of an action, and what it must look like.
 *
 * @param required whether the action is refused without it
 * @param outcome whether it says where the action ends: {@code to} of a scaling does, {@code from} does not
 * @param form what the whole value must match
 * @param least smallest whole number; empty where it is no number
 * @param most greatest whole number
 */
public record Argument(
        String name, boolean required, boolean outcome, Pattern form, OptionalInt least, OptionalInt most) {

    /** Nothing that a command could take for an option, a path or a second word. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+:-]{0,127}");

    private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,8}");

    /** A name or a version that says where the action ends. */
    static Argument word(String name) {
        return new Argument(name, true, true, WORD, OptionalInt.empty(), OptionalInt.empty());
    }

    /** A whole number that says where the action ends. */
    static Argument whole(String name, int least, int most) {
        return new Argument(name, true, true, DIGITS, OptionalInt.of(least), OptionalInt.of(most));
    }

    /** It only says where the action starts. */
    Argument start() {
        return new Argument(name, required, false, form, least, most);
    }

    Argument optional() {
        return new Argument(name, false, outcome, form, least, most);
    }

    /** Whether the text is a plain word, as every argument of every action is one. */
    public static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    /** What speaks against a value; the value itself is not repeated, for it may be anything. */
    public Optional<String> against(String value) {
        if (!form.matcher(value).matches()) {
            return Optional.of("argument " + name + " does not look like " + form.pattern());
        }
        if (least.isPresent()) {
            int number = Integer.parseInt(value);
            if (number < least.getAsInt() || number > most.getAsInt()) {
                return Optional.of("argument " + name + " must be " + least.getAsInt() + " to " + most.getAsInt());
            }
        }
        return Optional.empty();
    }
}
