package io.nightshift.remediate.target;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a declared command confined: in a process group of its own, with an environment of one fixed PATH, in a fixed
 * folder, for a bounded time, with bounded output and memory. Whatever is left of the group afterwards is ended.
 *
 * <p>The group needs {@code setsid} and {@code kill} (util-linux, procps); without them only descendants that are still
 * in the process tree are ended. The bound on memory needs {@code prlimit} (util-linux).
 */
public final class Confined {

    /** Most of what a command prints that is kept, in bytes. */
    public static final int OUTPUT_BYTES = 64 * 1024;

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Path KILL = Path.of("/bin/kill");
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    /** Most memory of each process of a command, in bytes: private and writable, so that what is only reserved is free. */
    static final long MEMORY_BYTES = 1L << 30;

    private static final String SEARCH = "/usr/local/bin:/usr/bin:/bin";

    private final Path folder;
    private final long memory;

    /** @param folder working folder of every command */
    public Confined(Path folder) {
        this(folder, MEMORY_BYTES);
    }

    /** @param memory most memory of each process of a command, in bytes */
    Confined(Path folder, long memory) {
        this.folder = folder;
        this.memory = memory;
    }

    /**
     * How a command ended.
     *
     * @param exit exit status; -1 when it did not end by itself
     * @param timedOut whether it was ended because its time was up
     * @param output what it printed, at most {@value #OUTPUT_BYTES} bytes
     * @param error what it complained, bounded alike
     */
    public record Ended(int exit, boolean timedOut, String output, String error) {

        public boolean isSuccess() {
            return exit == 0 && !timedOut;
        }
    }

    public Ended run(List<String> argv, Duration timeout) throws IOException, InterruptedException {
        return run(argv, timeout, process -> {});
    }

    /**
     * @param begun told of the process as soon as it runs
     * @throws IOException when it could not be started: nothing was done
     * @throws InterruptedException when interrupted; the group was ended first
     */
    public Ended run(List<String> argv, Duration timeout, Consumer<ProcessHandle> begun)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        boolean grouped = Files.isExecutable(SETSID) && Files.isExecutable(KILL);
        List<String> command = new ArrayList<>();
        if (grouped) {
            command.add(SETSID.toString());
        }
        if (Files.isExecutable(PRLIMIT)) {
            command.addAll(List.of(PRLIMIT.toString(), "--data=" + memory, "--core=0", "--"));
        }
        command.addAll(argv);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", SEARCH);
        Process process = builder.start();
        Drain output = Drain.of(process.getInputStream());
        Drain error = Drain.of(process.getErrorStream());
        boolean ended;
        try {
            begun.accept(process.toHandle());
            process.getOutputStream().close();
            ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            end(process.toHandle(), grouped);
        }
        return new Ended(ended ? process.exitValue() : -1, !ended, output.text(), error.text());
    }

    /** Ends what is left of the group and the descendants. */
    static void end(ProcessHandle process, boolean grouped) {
        List<ProcessHandle> descendants = process.descendants().toList();
        if (grouped) {
            killGroup(process.pid());
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void killGroup(long group) {
        try {
            new ProcessBuilder(KILL.toString(), "-KILL", "--", "-" + group)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(2, TimeUnit.SECONDS);
        } catch (IOException e) {
            // The descendants are ended one by one; there is no other way left.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads to the end and keeps the beginning, so that a chatty command neither blocks nor fills the heap. */
    private static final class Drain extends Thread {
        private final InputStream stream;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        private Drain(InputStream stream) {
            super("command-output");
            this.stream = stream;
            setDaemon(true);
        }

        static Drain of(InputStream stream) {
            Drain drain = new Drain(stream);
            drain.start();
            return drain;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try {
                for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                    synchronized (kept) {
                        kept.write(buffer, 0, Math.min(read, OUTPUT_BYTES - kept.size()));
                    }
                }
            } catch (IOException e) {
                // The process was ended under it: what was read is what there is.
            }
        }

        /** Waits a moment for the end; an orphan that keeps the pipe open does not hold us. */
        String text() throws InterruptedException {
            join(1_000);
            synchronized (kept) {
                return kept.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
