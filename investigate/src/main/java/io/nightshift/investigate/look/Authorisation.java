package io.nightshift.investigate.look;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** How Nightshift shows a server who it is. The secret stands in an environment variable or a file, never in the configuration. */
public final class Authorisation {

    static final Set<String> KEYS = Set.of("bearerEnv", "basicEnv", "apiKeyEnv", "tokenFile");

    /** What may stand in a header; the HTTP client would name anything else, the secret, in its error. */
    private static final Predicate<String> PRINTABLE =
            Pattern.compile("[\\x20-\\x7e]+").asMatchPredicate();

    private final String kind;
    private final Supplier<Optional<String>> header;

    private Authorisation(String kind, Supplier<Optional<String>> header) {
        this.kind = kind;
        this.header = header;
    }

    public static Authorisation none() {
        return new Authorisation("none", Optional::empty);
    }

    static Authorisation from(ConfigNode node) {
        List<String> given =
                KEYS.stream().filter(key -> node.get(key).isPresent()).sorted().toList();
        if (given.size() > 1) {
            throw node.error("more than one of " + String.join(", ", given) + " is given; keep one");
        }
        return given.isEmpty() ? none() : of(given.get(0), node.require(given.get(0)));
    }

    private static Authorisation of(String key, ConfigNode value) {
        if (key.equals("tokenFile")) {
            Path file = value.path();
            if (token(file).isEmpty()) {
                throw value.error("the file " + file + " can't be read, or is no token: one line of printable ASCII");
            }
            return new Authorisation(key, () -> token(file));
        }
        String secret = Secrets.fromEnvironment(value.text())
                .orElseThrow(() -> value.error("the environment variable " + value.text()
                        + " is not set; export it, or leave " + key + " out for a server that asks for nothing"));
        if (!key.equals("basicEnv") && !PRINTABLE.test(secret)) {
            throw value.error(
                    "the environment variable " + value.text() + " holds more than one line of printable ASCII");
        }
        Optional<String> header = Optional.of(
                switch (key) {
                    case "bearerEnv" -> "Bearer " + secret;
                    case "apiKeyEnv" -> "ApiKey " + secret;
                    default -> "Basic " + base64(secret, value);
                });
        return new Authorisation(key, () -> header);
    }

    private static Optional<String> token(Path file) {
        return Secrets.fromFile(file).filter(PRINTABLE).map(token -> "Bearer " + token);
    }

    private static String base64(String secret, ConfigNode value) {
        if (secret.indexOf(':') < 0) {
            throw value.error("the environment variable " + value.text() + " must hold user:password");
        }
        return Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** The {@code Authorization} header; a file is read again each time, for tokens in files are replaced while in use. */
    public Optional<String> header() {
        return header.get();
    }

    /** Without the secret: settings end up in logs. */
    @Override
    public String toString() {
        return kind;
    }
}
