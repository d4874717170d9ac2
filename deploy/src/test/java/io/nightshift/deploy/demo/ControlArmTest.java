package io.nightshift.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlArmTest {

    @TempDir
    Path folder;

    @Test
    void whatWasSeenWithNightshiftIsReportedAlsoWhenTheOtherArmCannotStart() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Narrator narrator = new Narrator(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        DemoSettings demo = new DemoSettings(folder, folder, 4, 75, Duration.ZERO, Duration.ZERO, 4318);
        DemoReport with = report();
        DemoReport both;
        try (ServerSocket shop = new ServerSocket()) {
            try {
                shop.bind(new InetSocketAddress("127.0.0.1", 7100));
            } catch (BindException e) {
                // somebody else has it: as good
            }
            both = new ControlArm(demo, broken -> {}, Duration.ofSeconds(1), narrator).beside(with);
        }
        assertThat(both.failures()).singleElement().asString().contains("did not come to its end", "7100");
        assertThat(both.passed()).isFalse();
        assertThat(both.failedRequests()).isEqualTo(17);
        assertThat(both.controlFailedRequests()).isNull();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("NOT AS IT SHOULD BE: the arm without Nightshift");
    }

    private static DemoReport report() {
        return new DemoReport(
                "leak",
                true,
                List.of(),
                20,
                "2026-01-10T03:12:00Z",
                null,
                null,
                null,
                null,
                null,
                "demo/shop/inventory",
                "MEMORY_LEAK",
                List.of(),
                List.of(),
                1,
                0,
                17,
                4_000,
                null,
                null,
                900,
                null,
                "DETERMINISTIC",
                null,
                null);
    }
}
