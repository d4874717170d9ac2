package io.nightshift.shop.keeper;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the keeper can be asked to do, on what, and what more it must be told. */
public enum Verb {
    START(true, null),
    STOP(true, null),
    RESTART(true, null),
    DRAIN(true, null),
    UNDRAIN(true, null),
    FREE_DISK(true, "a rule such as rotated-journals"),
    ROLLOUT(false, "a version such as 2.3.1"),
    ROLLBACK(false, null),
    ROTATE_CERTIFICATE(false, "a certificate such as receipts"),
    DISABLE_FLAG(false, "a flag such as stock-recount"),
    ENABLE_FLAG(false, "a flag such as stock-recount");

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+){1,3}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,60}");

    private final boolean onInstance;
    private final String argument;

    Verb(boolean onInstance, String argument) {
        this.onInstance = onInstance;
        this.argument = argument;
    }

    /** As people write it: {@code free-disk}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Verb> of(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }

    /** Whether it acts on an instance, and not on a service. */
    boolean onInstance() {
        return onInstance;
    }

    /** What it must be told beside its target, in words; empty when nothing. */
    public Optional<String> argument() {
        return Optional.ofNullable(argument);
    }

    /** @throws IllegalArgumentException when what it was told is missing, superfluous or malformed */
    void check(Optional<String> given) {
        if (argument == null && given.isPresent()) {
            throw new IllegalArgumentException(word() + " takes a target and nothing else");
        }
        Pattern form = this == ROLLOUT ? VERSION : NAME;
        if (argument != null && !given.map(g -> form.matcher(g).matches()).orElse(false)) {
            throw new IllegalArgumentException(word() + " needs " + argument);
        }
    }
}
