package io.nightshift.schemas.registry;

/** The registry can't be reached, refused a schema, or doesn't know an id. The message names the remedy. */
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether trying again later can help: true when the registry was out of reach, false when it answered no. */
    private final boolean transientFault;

    private RegistryException(String message, boolean transientFault, Throwable cause) {
        super(message, cause);
        this.transientFault = transientFault;
    }

    public static RegistryException unreachable(String message, Throwable cause) {
        return new RegistryException(message, true, cause);
    }

    public static RegistryException refused(String message, Throwable cause) {
        return new RegistryException(message, false, cause);
    }

    public boolean isTransient() {
        return transientFault;
    }
}
