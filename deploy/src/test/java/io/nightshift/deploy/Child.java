package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code nightshift} command in a process of its own. */
final class Child implements AutoCloseable {

    private static final Duration UP = Duration.ofSeconds(90);
    private static final long END_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path error;

    /** @param folder where its output goes */
    Child(Path folder, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) {
            // As the launcher does: RocksDB, Netty and Kafka would be warned about otherwise.
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of(
                "-Dnightshift.home=" + System.getProperty("nightshift.home"),
                "-cp",
                System.getProperty("java.class.path"),
                NightshiftCommand.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        out = Files.createTempFile(folder, "child", ".out");
        error = Files.createTempFile(folder, "child", ".err");
        process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(error.toFile())
                .start();
    }

    /** Waits until every part of it runs. */
    Child running() {
        await("the child runs")
                .atMost(UP)
                .until(() -> !process.isAlive() || text(out).contains("Nightshift runs"));
        assertThat(process.isAlive()).as(text(out) + text(error)).isTrue();
        return this;
    }

    /** Waits for its end. */
    Told ended() {
        return new Told(status(), text(out), text(error));
    }

    /** Waits for its end and tells its exit status. */
    int status() {
        try {
            assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS))
                    .as("the child ends; it said: " + text(out) + text(error))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    String said() {
        return text(out) + text(error);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Ctrl-C would, and at once when that does not help. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
