package io.nightshift.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Secrets, by the name of the environment variable or the file that holds them: a configuration file names them, it never
 * holds them.
 */
public final class Secrets {

    private static final int MAX_BYTES = 1 << 20;

    private Secrets() {}

    /** The secret, or empty when the variable is not set or blank. */
    public static Optional<String> fromEnvironment(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }

    /** The file's text without surrounding space, or empty when it can't be read, is blank or longer than 1 MiB. */
    public static Optional<String> fromFile(Path file) {
        try {
            return Files.size(file) > MAX_BYTES
                    ? Optional.empty()
                    : Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Names of all variables that are set: what a child process would inherit unless it is taken away. */
    public static Set<String> namesInEnvironment() {
        return Set.copyOf(System.getenv().keySet());
    }
}
