package io.nightshift.remediate.worker;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.Execution;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance that is drained looks unwell to its health probe, and is meant to: each step is judged by what it wants. */
@Timeout(120)
class DrainedTest {

    @TempDir
    Path folder;

    /** @param batch of the steps after the drain: in its own, or in one that is watched before they begin */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aDrainedInstanceThatFailsItsHealthProbeIsRestartedAndLetBack(int batch) throws Exception {
        try (ExecutorHouse house = new ExecutorHouse(folder, true)) {
            house.shop.set("drained-is-unwell");
            house.shop.heap("inventory-2", "0.2");
            house.start();
            Execution execution = house.restart(plan -> playbook(plan, batch, "others-well"));
            house.send(execution);
            ActionEvent end = house.awaitLast(SUCCEEDED);
            assertThat(end.getSteps()).hasSize(3);
            assertThat(done(house)).containsExactly("drain inventory-1", "restart inventory-1", "undrain inventory-1");
            assertThat(house.night.statuses()).containsExactly(STARTED, SUCCEEDED);
        }
    }

    /** What the probe says is heard: a drain that wants the drained instance well is taken back. */
    @Test
    void aDrainThatWantsTheDrainedInstanceWellIsTakenBack() throws Exception {
        try (ExecutorHouse house = new ExecutorHouse(folder, true)) {
            house.shop.set("drained-is-unwell");
            house.shop.heap("inventory-2", "0.2");
            house.start();
            house.send(house.restart(plan -> playbook(plan, 1, "probes-well")));
            house.awaitLast(ROLLED_BACK);
            assertThat(done(house)).containsExactly("drain inventory-1", "undrain inventory-1");
        }
    }

    private static List<String> done(ExecutorHouse house) throws Exception {
        return house.shop.ledger().stream()
                .map(line -> line.substring(0, line.indexOf(' ', line.indexOf(' ') + 1)))
                .toList();
    }

    private static Plan.Builder playbook(Plan.Builder plan, int batch, String afterDrain) {
        return plan.setPlaybook("slow@0")
                .setInstances(List.of("inventory-1"))
                .setSteps(List.of(
                        step(ActionKind.DRAIN, 0, afterDrain)
                                .setUndo(ActionKind.UNDRAIN)
                                .setPauseSeconds(batch)
                                .build(),
                        step(ActionKind.RESTART, batch, "probes-well").build(),
                        step(ActionKind.UNDRAIN, batch, "probes-well").build()));
    }

    private static PlanStep.Builder step(ActionKind action, int batch, String wanted) {
        return PlanStep.newBuilder()
                .setName(action.name().toLowerCase(Locale.ROOT))
                .setAction(action)
                .setSubject("inventory-1")
                .setInstances(List.of("inventory-1"))
                .setBatch(batch)
                .setVerify(List.of(wanted));
    }
}
