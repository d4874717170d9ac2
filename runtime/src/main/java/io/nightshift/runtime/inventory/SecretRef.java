package io.nightshift.runtime.inventory;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Secrets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A secret by the place that holds it; read when it is needed, so that a rotated one counts at once. It is never part of
 * what is printed.
 *
 * @param variable environment variable; empty when a file holds it
 * @param file file; null when a variable holds it
 * @param prefix text before the secret, such as {@code "Bearer "}
 */
public record SecretRef(String variable, Path file, String prefix) {

    /** The secret with its prefix; empty when the variable is not set or the file can't be read. */
    public Optional<String> read() {
        return (file == null ? Secrets.fromEnvironment(variable) : Secrets.fromFile(file))
                .map(secret -> prefix + secret);
    }

    /** Where it is kept, for messages. */
    public String place() {
        return file == null ? "the environment variable " + variable : "the file " + file;
    }

    static SecretRef of(ConfigNode node) {
        node.allowOnly(Set.of("env", "file", "prefix"));
        boolean inEnvironment = node.get("env").isPresent();
        if (inEnvironment == node.get("file").isPresent()) {
            throw node.error("name the one place that holds the secret: 'env: NAME' or 'file: PATH'");
        }
        return new SecretRef(
                node.text("env", ""), node.get("file").map(ConfigNode::path).orElse(null), node.text("prefix", ""));
    }
}
