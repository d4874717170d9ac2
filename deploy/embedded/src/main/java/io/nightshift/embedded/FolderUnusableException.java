package io.nightshift.embedded;

import java.nio.file.Path;

/** A data folder cannot be written, or another process works in it. */
public final class FolderUnusableException extends EmbeddedException {
    private static final long serialVersionUID = 1L;

    private FolderUnusableException(String message, Throwable cause) {
        super(message, cause);
    }

    public static FolderUnusableException unwritable(Path folder, Throwable cause) {
        return new FolderUnusableException(
                "The data folder " + folder.toAbsolutePath() + " cannot be written (" + cause
                        + "). Make it writable for this user or set another folder.",
                cause);
    }

    public static FolderUnusableException inUse(Path folder) {
        return new FolderUnusableException(
                "The data folder " + folder.toAbsolutePath() + " is in use by another Nightshift process. "
                        + "Stop that one or set another folder: two processes must never share one.",
                null);
    }
}
