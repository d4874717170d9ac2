package io.nightshift.bench;

import java.nio.file.Path;

/** Data that a suite cannot read; the message names the file, where it is known the line, and the remedy. */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DataException(Path file, String remedy) {
        super(file + ": " + remedy);
    }

    public DataException(Path file, long line, String remedy) {
        super(file + ":" + line + ": " + remedy);
    }
}
