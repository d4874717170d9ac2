package io.nightshift.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a data folder for this process alone; the operating system lets go of it when the process dies. */
public final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder when absent and locks it.
     *
     * @throws FolderUnusableException when it cannot be written or another process (or this one) holds it
     */
    public static FolderLock take(Path folder, String file) {
        PrivateFiles.ensureFolder(folder);
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locks(channel)) {
                return new FolderLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw FolderUnusableException.unwritable(folder, e);
        }
        throw FolderUnusableException.inUse(folder);
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
