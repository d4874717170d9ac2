package io.nightshift.bench.chaos;

import io.nightshift.deploy.NightshiftCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code nightshift run remediate} as a process that can be killed, frozen, or given a wrong clock. */
final class Member implements AutoCloseable {

    private static final long END_SECONDS = 30;

    private final Path folder;
    private final Path config;
    private final List<String> common;
    private List<String> before = List.of();
    private List<String> options = List.of();
    private Process process;

    /**
     * @param folder the installation's; kept over restarts
     * @param common options of the JVM that every member has
     */
    Member(Path folder, Path config, List<String> common) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.config = config;
        this.common = List.copyOf(common);
    }

    /** Runs below this command from its next start on, such as {@code faketime}; and with these options of the JVM. */
    Member below(List<String> command, List<String> jvmOptions) {
        before = List.copyOf(command);
        options = List.copyOf(jvmOptions);
        return this;
    }

    Path folder() {
        return folder;
    }

    void start() throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(common);
        command.addAll(options);
        command.addAll(List.of(
                "-Dnightshift.home=" + System.getProperty("nightshift.home"),
                "-cp",
                System.getProperty("java.class.path"),
                options.isEmpty() ? NightshiftCommand.class.getName() : Relayed.class.getName(),
                "run",
                "remediate",
                "--folder",
                folder.toString(),
                "--config",
                config.toString()));
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("NIGHTSHIFT_LOG", log.toString());
        process = builder.start();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** As {@code kill -9}, together with what it started below another command; effects that run go on. */
    void kill() throws InterruptedException {
        if (!before.isEmpty()) {
            process.descendants()
                    .filter(child -> child.info().command().orElse("").endsWith("java"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly().waitFor();
    }

    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** As Ctrl-C would, and at once when that does not help. */
    @Override
    public void close() throws InterruptedException {
        if (!isAlive()) {
            return;
        }
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
