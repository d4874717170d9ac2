package io.nightshift.remediate.worker;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Execution;
import io.nightshift.remediate.policy.PolicyText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An executor is killed as {@code kill -9} would while it takes back what it did, and started again. The target is dumb. */
@Timeout(240)
class KilledUndoTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int KILLED = 137;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                Failpoints.UNDO + Failpoints.BEFORE_STARTED,
                Failpoints.UNDO + Failpoints.AFTER_STARTED,
                Failpoints.UNDO + Failpoints.AFTER_EFFECT,
                Failpoints.UNDO + Failpoints.AFTER_OUTCOME
            })
    void killedAnywhereItTakesBackOnceInReverseAndEnds(String failpoint) throws Exception {
        FakeShop shop = new FakeShop(folder.resolve("shop"), false, TIMEOUT);
        shop.set("harm-later");
        String prefix = failpoint + "-";
        try (Night night = new Night(prefix, folder)) {
            Execution execution = Executions.allowed(
                    shop.inventory(4),
                    night.kafka.clusterId(),
                    PolicyText.cautious().load().version(),
                    ActionKind.ROLLING_RESTART,
                    plan -> Executions.drains(plan, 0));
            night.send(night.topics.executions(), 0, execution.getPlan().getTarget(), execution);
            Process first = ExecutorProcess.start(night, prefix, folder, failpoint, TIMEOUT);
            try {
                assertThat(first.waitFor(100, TimeUnit.SECONDS)).isTrue();
                assertThat(first.exitValue()).isEqualTo(KILLED);
            } finally {
                first.destroyForcibly().waitFor();
            }
            Process second = ExecutorProcess.start(night, prefix, folder, failpoint, TIMEOUT);
            try {
                await().atMost(Duration.ofSeconds(90))
                        .until(() -> night.statuses().contains(ROLLED_BACK));
            } finally {
                second.destroyForcibly().waitFor();
            }
            assertThat(shop.ledger().stream().map(line -> line.split(" ")[0] + " " + line.split(" ")[1]))
                    .containsExactly(
                            "drain inventory-1", "drain inventory-2", "undrain inventory-2", "undrain inventory-1");
        }
    }
}
