package io.nightshift.deploy.home;

/**
 * What was asked for cannot be: a word is none of those that are understood, or names nothing that there is. The message names
 * the word and the remedy; the exit status is 2, as for every other mistake on the command line.
 */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
