package io.nightshift.bench.chaos;

import io.nightshift.bench.chaos.Trial.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The member's folder is a small file system in memory that fills up in the middle of its work, and is emptied again. */
final class DiskFull {

    private static final Duration UP = Duration.ofSeconds(90);
    private static final String SIZE = "size=96m";

    private DiskFull() {}

    static Findings play(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(8, 2, true))) {
            Member member = trial.member();
            if (run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", member.folder().toString()) != 0) {
                return Findings.NONE.broken("disk full: no tmpfs could be mounted; run it as root");
            }
            try {
                member.start();
                trial.openAll(1);
                Trial.await(UP, () -> trial.oracle().effects().size() > 2);
                Path filler = fill(member.folder());
                Thread.sleep(10_000);
                Files.delete(filler);
                member.kill();
                member.start();
                Findings findings = Rounds.end(trial).killed(1);
                member.close();
                return findings;
            } finally {
                run("umount", "--lazy", member.folder().toString());
            }
        }
    }

    private static Path fill(Path folder) throws IOException {
        Path filler = folder.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] piece = new byte[4096];
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            return filler; // full
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor();
    }
}
