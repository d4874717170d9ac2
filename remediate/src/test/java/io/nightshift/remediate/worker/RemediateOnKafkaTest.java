package io.nightshift.remediate.worker;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.remediate.RemediateStages;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.PlanHash;
import io.nightshift.runtime.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All stages of remediate on a real broker: from a proposal to a repair that held. */
@Timeout(120)
class RemediateOnKafkaTest {

    private static final String QUICK = """
            soak: 2s
            probeEvery: 1s
            settle: 10s
            verifyWithin: 60s
            holdFor: 3s
            """;

    @TempDir
    Path folder;

    @Test
    void aLeakIsRepairedByARollingRestartThatIsVerifiedAndHolds() throws Exception {
        FakeShop shop = new FakeShop(folder.resolve("shop"), true, Duration.ofSeconds(10));
        try (Night night = new Night("story-", folder)) {
            List<Stage> stages = RemediateStages.of(night.context(shop.inventory(4), QUICK));
            stages.forEach(Stage::start);
            try {
                Instant now = Instant.now();
                Incident incident = Stories.incident("inc-1")
                        .setOnset(now.minusSeconds(20))
                        .setUpdatedAt(now)
                        .build();
                night.send(night.topics.incidents(), null, "inc-1", incident);
                night.send(
                        night.topics.investigations(),
                        null,
                        "inc-1",
                        Stories.investigation("inv-1", "inc-1")
                                .setFinishedAt(now)
                                .build());
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> night.statuses().contains(SUCCEEDED));
                night.send(
                        night.topics.incidents(),
                        null,
                        "inc-1",
                        Incident.newBuilder(incident)
                                .setVersion(2)
                                .setPhase(IncidentPhase.UPDATE)
                                .setMembers(List.of(Stories.anomaly("inventory", Instant.now())))
                                .build());
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> night.statuses().contains(HELD));
            } finally {
                stages.forEach(Stage::close);
            }
            assertThat(night.statuses()).containsExactly(PROPOSED, ALLOWED, STARTED, SUCCEEDED, RECOVERED, HELD);
            List<ActionEvent> events = night.read(night.topics.actions());
            String action = events.get(0).getActionId();
            assertThat(shop.ledger()).hasSize(2);
            assertThat(shop.ledger().get(0)).startsWith("restart inventory-1 " + action + "/0 ");
            assertThat(shop.ledger().get(1)).startsWith("restart inventory-2 " + action + "/1 ");
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.getPlanHash()).isEqualTo(PlanHash.of(event.getPlan())));
            assertThat(events.get(4).getProbes()).hasSize(4).allMatch(probe -> probe.getPassed());
            assertThat(events.get(4).getRecoverySeconds()).isBetween(20.0, 100.0);
        }
    }
}
