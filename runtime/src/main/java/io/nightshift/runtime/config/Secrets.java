package io.nightshift.runtime.config;

import java.util.Optional;

/** Secrets, by the name of the environment variable that holds them: a configuration file names them, it never holds them. */
public final class Secrets {

    private Secrets() {}

    /** The secret, or empty when the variable is not set or blank. */
    public static Optional<String> fromEnvironment(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }
}
