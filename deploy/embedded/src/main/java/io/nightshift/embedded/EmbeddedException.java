package io.nightshift.embedded;

/** An embedded broker or registry could not start or stay up; the message names the thing and the remedy. */
public class EmbeddedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbeddedException(String message) {
        super(message);
    }

    public EmbeddedException(String message, Throwable cause) {
        super(message, cause);
    }
}
