package io.nightshift.ingest.http;

import io.nightshift.runtime.config.ConfigException;

/**
 * A place to listen.
 *
 * @param port 0 for any free one
 */
public record Endpoint(String host, int port) {

    /** The error for a port that can't be had, with the setting that chooses another. */
    public ConfigException unavailable(String what, String setting, Exception cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new ConfigException(
                what + " can't listen on " + host + ":" + port + " (" + root.getMessage()
                        + "). Stop the process that holds the port, or choose another with " + setting + ".",
                cause);
    }
}
