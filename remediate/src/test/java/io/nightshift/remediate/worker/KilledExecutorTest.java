package io.nightshift.remediate.worker;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Execution;
import io.nightshift.remediate.policy.PolicyText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An executor is killed as {@code kill -9} would at each failpoint of an action and started again. The dumb target does
 * whatever arrives, so its ledger tells whether anything was done twice.
 */
@Timeout(120)
class KilledExecutorTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int KILLED = 137;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                Failpoints.BEFORE_STARTED,
                Failpoints.AFTER_STARTED,
                Failpoints.AFTER_EFFECT,
                Failpoints.AFTER_OUTCOME,
                Failpoints.BEFORE_FINISH
            })
    void killedAnywhereItNeverActsTwiceAndStillEnds(String failpoint) throws Exception {
        FakeShop shop = new FakeShop(folder.resolve("shop"), false, TIMEOUT);
        String prefix = "kill-" + failpoint + "-";
        try (Night night = new Night(prefix, folder)) {
            Execution execution = Executions.allowed(
                    shop.inventory(4),
                    night.kafka.clusterId(),
                    PolicyText.cautious().load().version(),
                    ActionKind.ROLLING_RESTART,
                    plan -> plan);
            night.send(night.topics.executions(), 0, execution.getPlan().getTarget(), execution);
            Process first = ExecutorProcess.start(night, prefix, folder, failpoint, TIMEOUT);
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(first.exitValue()).isEqualTo(KILLED);
            Process second = ExecutorProcess.start(night, prefix, folder, failpoint, TIMEOUT);
            try {
                await().atMost(Duration.ofSeconds(50))
                        .until(() -> night.statuses().contains(SUCCEEDED));
            } finally {
                second.destroyForcibly().waitFor();
            }
            assertThat(subjects(shop)).containsExactly("inventory-1", "inventory-2");
        }
    }

    private static List<String> subjects(FakeShop shop) throws Exception {
        return shop.ledger().stream().map(line -> line.split(" ")[1]).collect(Collectors.toList());
    }
}
