package io.nightshift.remediate.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nightshift.remediate.target.Confined.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConfinedTest {

    @TempDir
    Path folder;

    private Ended sh(String script, Duration timeout) throws Exception {
        return new Confined(folder).run(List.of("/bin/sh", "-c", script), timeout);
    }

    @Test
    void aCommandHasNoEnvironmentButAPathAndAFixedFolder() throws Exception {
        Ended ended = new Confined(folder).run(List.of("/usr/bin/env"), Duration.ofSeconds(5));
        assertThat(ended.output().strip()).isEqualTo("PATH=/usr/local/bin:/usr/bin:/bin");
        assertThat(sh("pwd", Duration.ofSeconds(5)).output().strip())
                .isEqualTo(folder.toRealPath().toString());
    }

    @Test
    void aCommandThatTakesTooLongIsEndedWithItsOrphans() throws Exception {
        Path pid = folder.resolve("pid");
        Ended ended = sh("(sleep 60 & echo $! > " + pid + "; wait) & sleep 60", Duration.ofMillis(700));
        assertThat(ended.timedOut()).isTrue();
        long orphan = Long.parseLong(Files.readString(pid).strip());
        await().until(() ->
                ProcessHandle.of(orphan).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void anOrphanOfACommandThatEndedIsEndedToo() throws Exception {
        Path pid = folder.resolve("pid");
        Ended ended = sh("sleep 60 & echo $! > " + pid, Duration.ofSeconds(10));
        assertThat(ended.isSuccess()).isTrue();
        long orphan = Long.parseLong(Files.readString(pid).strip());
        await().until(() ->
                ProcessHandle.of(orphan).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aFloodOfOutputIsBounded() throws Exception {
        Ended ended = sh("head -c 1000000000 /dev/zero", Duration.ofSeconds(25));
        assertThat(ended.isSuccess()).isTrue();
        assertThat(ended.output()).hasSize(Confined.OUTPUT_BYTES);
    }

    @Test
    void aCommandThatTakesMoreMemoryThanItMayFails() throws Exception {
        String hungry = "head -c 300000000 /dev/zero | tail -c 290000000 | wc -c";
        assertThat(new Confined(folder, 64L << 20)
                        .run(List.of("/bin/sh", "-c", hungry), Duration.ofSeconds(20))
                        .error())
                .contains("memory exhausted");
        assertThat(sh(hungry, Duration.ofSeconds(20)).output().strip()).isEqualTo("290000000");
    }

    @Test
    void aBrotherhoodOfProcessesThatLeftTheirParentsEndsWithTheGroup() throws Exception {
        Path pids = folder.resolve("pids");
        String fork = "for i in $(seq 200); do (sleep 60 & echo $! >> " + pids + "); done; sleep 60";
        Ended ended = sh(fork, Duration.ofSeconds(3));
        assertThat(ended.timedOut()).isTrue();
        List<String> born = Files.readAllLines(pids);
        assertThat(born).isNotEmpty();
        await().untilAsserted(() -> assertThat(born).noneMatch(pid -> ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .isPresent()));
    }

    @Test
    void anArgumentIsKnownByItsPlainNameToo() {
        assertThat(ArgvTemplate.fill(List.of("{arg.rule}", "{version}"), Map.of("rule", "old-logs", "version", "1.2")))
                .containsExactly("old-logs", "1.2");
        assertThat(ArgvTemplate.fill(List.of("{arg.rule}"), Map.of("arg.rule", "old-logs")))
                .containsExactly("old-logs");
    }

    @Test
    void aPlaceholderFillsPartOfOneArgumentAndNothingElse() {
        assertThat(ArgvTemplate.fill(List.of("run", "--on={instance}"), Map.of("instance", "a-1")))
                .containsExactly("run", "--on=a-1");
        for (String bad : List.of("", "-rf", "a b", "a;b", "$(x)", "a\nb", "{token}", "*")) {
            assertThatThrownBy(() -> ArgvTemplate.fill(List.of("{instance}"), Map.of("instance", bad)))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ArgvTemplate.fill(List.of("{nothing}"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFenceLetsATokenInOnceAndOnlyAHigherOneAfterIt() throws Exception {
        Fence fence = new Fence(folder.resolve("fences"));
        Instant now = Instant.parse("2026-11-22T03:00:00Z");
        try (Fence.Pass pass = fence.enter("t", 7, now.plusSeconds(10), now).orElseThrow()) {
            assertThat(fence.enter("t", 8, now.plusSeconds(10), now))
                    .as("while it is held")
                    .isEmpty();
            assertThat(fence.enter("other", 1, now.plusSeconds(10), now)).isPresent();
            pass.ended();
        }
        assertThat(fence.enter("t", 7, now.plusSeconds(10), now))
                .as("the same again")
                .isEmpty();
        assertThat(fence.enter("t", 6, now.plusSeconds(10), now))
                .as("an older one")
                .isEmpty();
        // This one dies without a word: the next has to wait until its effect must have ended.
        fence.enter("t", 8, now.plusSeconds(10), now).orElseThrow().close();
        assertThat(fence.enter("t", 9, now.plusSeconds(20), now.plusSeconds(9))).isEmpty();
        assertThat(fence.enter("t", 9, now.plusSeconds(20), now.plusSeconds(10)))
                .isPresent();
    }

    @Test
    void anOrphanOfADeadExecutorIsEndedBeforeTheNextEffect() throws Exception {
        Fence fence = new Fence(folder.resolve("fences"));
        Instant now = Instant.now();
        Process orphan = new ProcessBuilder("/usr/bin/setsid", "/bin/sleep", "60").start();
        Fence.Pass pass = fence.enter("t", 1, now.plusSeconds(1), now).orElseThrow();
        pass.running(orphan.toHandle());
        pass.close();
        assertThat(fence.enter("t", 2, now.plusSeconds(9), now.plusSeconds(2))).isPresent();
        await().until(() -> !orphan.isAlive());
    }

    @Test
    void aDamagedFenceLetsNobodyIn() throws Exception {
        Fence fence = new Fence(folder);
        Instant now = Instant.now();
        fence.enter("t", 1, now, now).orElseThrow().close();
        try (var files = Files.list(folder)) {
            Files.writeString(files.findFirst().orElseThrow(), "nonsense");
        }
        assertThatThrownBy(() -> fence.enter("t", 2, now, now)).hasMessageContaining("damaged");
    }
}
