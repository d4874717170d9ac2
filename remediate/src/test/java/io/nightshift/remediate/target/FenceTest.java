package io.nightshift.remediate.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FenceTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aDamagedFileLetsNobodyInAndLeavesNoLockBehind() throws Exception {
        Fence fence = new Fence(folder);
        fence.enter("shop", 1, NOW, NOW).orElseThrow().close();
        try (var files = Files.list(folder)) {
            Files.writeString(files.findFirst().orElseThrow(), "not a mark");
        }
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> fence.enter("shop", 2, NOW, NOW))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void aTokenIsLetInOnceAndOneAtATime() throws Exception {
        Fence fence = new Fence(folder);
        try (Fence.Pass first = fence.enter("shop", 1, NOW, NOW).orElseThrow()) {
            assertThat(fence.enter("shop", 2, NOW, NOW)).isEmpty();
            first.ended();
        }
        assertThat(fence.enter("shop", 1, NOW, NOW)).isEmpty();
        fence.enter("shop", 2, NOW, NOW).orElseThrow().close();
    }
}
