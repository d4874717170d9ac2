package io.nightshift.investigate.look;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A read-only way to look at something while thinking: at the pack, at topics, at a metrics store, at a cluster. Nothing that
 * implements it may change anything outside of this process. What it returns is untrusted text: whoever shows it to a model
 * escapes it first.
 */
public interface LookTool {

    /** Name that a model calls it by: lower-case letters, digits and underscores, at most 48 characters; unique. */
    String name();

    /**
     * What it shows, in one of our own sentences; what a server says of its own tool stands in it as data: escaped, bounded,
     * between guillemets. May change between two calls, as the parameters may, and both may ask a server within its timeout.
     */
    String description();

    List<Parameter> parameters();

    /**
     * Looks.
     *
     * @param arguments by parameter name; checked by the tool itself, for they come from a model
     * @param timeLeft greatest time that the look may take
     * @throws LookException when the look is refused or failed; its message is ours and names the remedy, and quotes what is
     *     not ours between guillemets, escaped
     */
    Seen look(Map<String, String> arguments, Duration timeLeft) throws LookException;

    /**
     * @param name name of the argument
     * @param description what it means and its form, in our own words
     * @param required whether a look without it is refused
     */
    record Parameter(String name, String description, boolean required) {}

    /**
     * What was seen.
     *
     * @param lines untrusted text, a line each, most telling first; empty when nothing was found
     * @param truncated what was left out and why; empty when nothing was
     */
    record Seen(List<String> lines, String truncated) {

        public Seen {
            lines = List.copyOf(lines);
        }
    }

    /** A look that was refused or failed. */
    final class LookException extends Exception {

        private static final long serialVersionUID = 1;

        public LookException(String message) {
            super(message);
        }

        public LookException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
