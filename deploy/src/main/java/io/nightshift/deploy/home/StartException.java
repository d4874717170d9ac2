package io.nightshift.deploy.home;

/** Nightshift can't start or reach what it needs. The message names the thing and the remedy; no stack trace is shown. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
