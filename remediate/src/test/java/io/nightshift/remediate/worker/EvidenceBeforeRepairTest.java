package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a repair would destroy is kept before it, and holds no repair up. */
@Timeout(90)
class EvidenceBeforeRepairTest {

    @TempDir
    Path folder;

    private String kept(String name) throws Exception {
        return Files.readString(folder.resolve("stage/evidence").resolve(name));
    }

    @Test
    void theOldLifeOfEachInstanceIsKeptBeforeItsRestartEndsIt() throws Exception {
        try (ExecutorHouse house = new ExecutorHouse(folder, true)) {
            house.start();
            house.send(house.restart(plan -> plan));
            ActionEvent done = house.awaitLast(ActionStatus.SUCCEEDED);
            List<String> names = done.getEvidenceKept();
            assertThat(names).hasSize(2);
            assertThat(kept(names.get(0)))
                    .contains("heap of inventory-1 failed", "== life of inventory-1\ninventory-1@boot\n");
            assertThat(kept(names.get(1))).contains("== life of inventory-2\ninventory-2@boot\n");
            assertThat(house.shop.ledger()).hasSize(2);
        }
    }

    @Test
    void anInstanceIsAskedBeforeItsFirstEffectOnly() throws Exception {
        try (ExecutorHouse house = new ExecutorHouse(folder, true)) {
            house.shop.heap("inventory-2", "0.2"); // well: one healthy instance has to stay
            house.start();
            house.send(house.restart(EvidenceBeforeRepairTest::drainAndRestart));
            ActionEvent done = house.awaitLast(ActionStatus.SUCCEEDED);
            assertThat(house.shop.asked()).containsExactly("inventory-1");
            assertThat(kept(done.getEvidenceKept().get(0))).contains("== life of inventory-1");
            assertThat(kept(done.getEvidenceKept().get(1))).doesNotContain("== life");
        }
    }

    @Test
    void aCommandThatHangsIsSaidInTheFileAndTheRepairGoesOn() throws Exception {
        try (ExecutorHouse house = new ExecutorHouse(folder, true)) {
            house.shop.set("evidence-hangs");
            house.start("evidenceWithin: 2s\n");
            house.send(house.restart(plan -> plan.setInstances(List.of("inventory-1"))));
            ActionEvent done = house.awaitLast(ActionStatus.SUCCEEDED);
            assertThat(kept(done.getEvidenceKept().get(0)))
                    .contains("heap of inventory-1 failed", "== life of inventory-1: not kept: it");
            assertThat(house.shop.ledger()).hasSize(1);
        }
    }

    private static Plan.Builder drainAndRestart(Plan.Builder plan) {
        return plan.setInstances(List.of("inventory-1"))
                .setPlaybook("drill@0")
                .setSteps(List.of(step(ActionKind.DRAIN, 0), step(ActionKind.RESTART, 1)));
    }

    private static PlanStep step(ActionKind action, int batch) {
        return PlanStep.newBuilder()
                .setName("step-" + batch)
                .setAction(action)
                .setSubject("inventory-1")
                .setInstances(List.of("inventory-1"))
                .setBatch(batch)
                .build();
    }
}
