package io.nightshift.runtime.worker;

/** This work is not ours to go on with, or it can't be known whether it is. Don't act; let it pass. */
public final class WorkAbandonedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WorkAbandonedException(String message) {
        super(message);
    }

    public WorkAbandonedException(String message, Throwable cause) {
        super(message, cause);
    }
}
