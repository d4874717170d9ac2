package io.nightshift.remediate.target;

import io.nightshift.schemas.CauseHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Fences a target that can't fence itself: an operating system lock per target, and in the locked file the highest token
 * seen, when the effect under it must have ended, and the process that runs it. A token is let in once, and only when it
 * is higher than all before; and not while an earlier effect may still run.
 *
 * <p>It fences the executors of one host, or of those that share the folder on a file system with working locks.
 */
public final class Fence {

    private final Path folder;

    public Fence(Path folder) {
        this.folder = folder;
    }

    /**
     * What is known of the last effect.
     *
     * @param token highest token let in
     * @param expires when its effect must have ended; the epoch when it is known to have ended
     * @param pid process of the effect; 0 when it ended or was not begun
     * @param begun start time of that process in epoch milliseconds, so that a reused pid is not mistaken for it
     */
    record Mark(long token, Instant expires, long pid, long begun) {

        String text() {
            return token + " " + expires.toEpochMilli() + " " + pid + " " + begun + "\n";
        }

        static Mark parse(String text) throws IOException {
            String[] parts = text.strip().split(" ");
            try {
                return new Mark(
                        Long.parseLong(parts[0]),
                        Instant.ofEpochMilli(Long.parseLong(parts[1])),
                        Long.parseLong(parts[2]),
                        Long.parseLong(parts[3]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IOException("the fence file is damaged", e);
            }
        }
    }

    /** The right to act on a target, while it is open. */
    public final class Pass implements AutoCloseable {
        private final FileChannel channel;
        private final FileLock lock;
        private final long token;
        private final Instant expires;

        private Pass(FileChannel channel, FileLock lock, long token, Instant expires) {
            this.channel = channel;
            this.lock = lock;
            this.token = token;
            this.expires = expires;
        }

        /** Notes the process of the effect. */
        void running(ProcessHandle process) {
            try {
                write(channel, new Mark(token, expires, process.pid(), startOf(process)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Notes that the effect ended: the next token need not wait for its expiry. */
        void ended() throws IOException {
            write(channel, new Mark(token, Instant.EPOCH, 0, 0));
        }

        @Override
        public void close() throws IOException {
            lock.release();
            channel.close();
        }
    }

    /** @return the pass, or empty when the token is not the highest, or another effect runs or may still run */
    public Optional<Pass> enter(String target, long token, Instant expires, Instant now) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(
                folder.resolve(CauseHash.sha256(target).substring(0, 24)),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean entered = false;
        try {
            FileLock lock = lock(channel);
            if (lock == null || !isNext(channel, token, now)) {
                return Optional.empty();
            }
            write(channel, new Mark(token, expires, 0, 0));
            entered = true;
            return Optional.of(new Pass(channel, lock, token, expires));
        } finally {
            if (!entered) {
                channel.close(); // and with it the lock
            }
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Held by another thread of this process.
        }
    }

    private static boolean isNext(FileChannel channel, long token, Instant now) throws IOException {
        if (channel.size() == 0) {
            return true;
        }
        Mark last = read(channel);
        if (token <= last.token() || now.isBefore(last.expires())) {
            return false;
        }
        // Past its time, and its executor is gone: nobody else will end it.
        ProcessHandle.of(last.pid())
                .filter(process -> last.pid() > 0 && startOf(process) == last.begun())
                .ifPresent(orphan -> Confined.end(orphan, true));
        return true;
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static Mark read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(256);
        channel.read(bytes, 0);
        return Mark.parse(new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII));
    }

    /** Written in place and forced: a token must not be forgotten by a crash. */
    private static void write(FileChannel channel, Mark mark) throws IOException {
        byte[] bytes = mark.text().getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(bytes), 0);
        channel.truncate(bytes.length);
        channel.force(true);
    }
}
