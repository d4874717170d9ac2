package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ProbeResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EvidenceTest {

    private static final List<ProbeResult> READINGS = List.of(ProbeResult.newBuilder()
            .setProbe("heap")
            .setSubject("inventory-1")
            .setPassed(false)
            .setAt(Instant.EPOCH)
            .setMessage("0.97")
            .build());

    @TempDir
    Path folder;

    @Test
    void whatTheProbesSaidIsKept() throws Exception {
        Evidence evidence = new Evidence(folder, Duration.ofSeconds(10));
        assertThat(evidence.keep("act-1/0", READINGS, "")).contains("act-1-0.txt");
        assertThat(Files.readString(folder.resolve("act-1-0.txt"))).contains("heap of inventory-1 failed: 0.97");
    }

    /** A pipe that nobody reads blocks whoever opens it for writing, as a network disk that is away does. */
    @Test
    void aDiskThatHangsHoldsNoRepairForLongerThanTheLimit() throws Exception {
        Evidence evidence = new Evidence(folder, Duration.ofMillis(200));
        for (int i = 0; i < 10; i++) {
            Process pipe = new ProcessBuilder(
                            "mkfifo", folder.resolve("act-" + i + "-0.txt").toString())
                    .start();
            assertThat(pipe.waitFor()).isZero();
            assertThat(evidence.keep("act-" + i + "/0", READINGS, "")).isEmpty();
        }
    }
}
