package io.nightshift.runtime.config;

/** A configuration file is wrong. The message names file, line, what is wrong and the remedy. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
