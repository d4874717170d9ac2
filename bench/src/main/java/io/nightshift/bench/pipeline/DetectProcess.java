package io.nightshift.bench.pipeline;

import io.nightshift.deploy.NightshiftCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code nightshift run detect} as a process of its own, on a lab's broker, with a disk that outlives it. */
final class DetectProcess implements AutoCloseable {

    /** Consumer group of the application in such a process, where topics have no prefix. */
    static final String GROUP = "detect";

    private static final String RUNS = "Nightshift runs";
    private static final long END_SECONDS = 30;
    private static final int LAST_LINES = 15;

    private final Path folder;
    private final Path config;
    private final Path log;
    private final String heap;
    private Process process;
    private long startedNanos;
    private int startedLine;

    /** @param heap as the JVM is told it, such as {@code 1536m} */
    DetectProcess(Lab lab, String heap) throws IOException {
        this.folder = lab.folder().resolve("process");
        this.log = lab.folder().resolve("process.log");
        this.config = lab.configuration();
        this.heap = heap;
    }

    void start() throws IOException {
        startedLine = lines().size();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx" + heap,
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError"));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of(
                "-Dnightshift.home=" + System.getProperty("nightshift.home"),
                "-cp",
                System.getProperty("java.class.path"),
                NightshiftCommand.class.getName(),
                "run",
                "detect",
                "--folder",
                folder.toString(),
                "--config",
                config.toString()));
        startedNanos = System.nanoTime();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Whether it said, since it was last started, that its stages run. */
    boolean isRunning() {
        List<String> lines = lines();
        return lines.subList(startedLine, lines.size()).stream().anyMatch(line -> line.startsWith(RUNS));
    }

    double secondsSinceStart() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    /** Throws with the end of its log when it is no more. */
    void check() {
        if (!process.isAlive()) {
            List<String> lines = lines();
            throw new IllegalStateException("run detect ended with " + process.exitValue() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
        }
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private List<String> lines() {
        try {
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the log of run detect", e);
        }
    }

    /** As Ctrl-C would. */
    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }
}
