package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Execution;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.target.Standing;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandingsTest {

    private static final Duration QUIET = Duration.ofMinutes(5);
    private static final Standing PLAIN = Standing.of("token");

    private final Instant now = Instant.now();
    private InventoryService service = Stories.service("inventory", 4, false, 1);
    private long healthy = 1;

    private Optional<String> objection(ActionKind action, Standing standing) {
        return objection(action, Reversibility.SELF_RESTORING, standing);
    }

    private Optional<String> objection(ActionKind action, Reversibility reversibility, Standing standing) {
        Inventory inventory = Stories.inventory(service);
        Execution execution = Executions.allowed(
                inventory, Stories.CLUSTER, "v1", ActionKind.RESTART, plan -> plan.setReversibility(reversibility));
        Plan plan = execution.getPlan();
        PlanStep step =
                PlanStep.newBuilder(plan.getSteps().get(0)).setAction(action).build();
        return new Standings(Map.of("inventory-1", standing))
                .objection(execution, service, new Step(0, step, false), QUIET, healthy, now);
    }

    private Standing changed(Duration ago) {
        return PLAIN.withChange(new Standing.Change(now.minus(ago), "kim"));
    }

    private static InventoryService managed(InventoryService service, String by) {
        return new InventoryService(
                service.key(),
                service.level(),
                service.isProtected(),
                service.failureDomain(),
                service.instances(),
                service.minHealthy(),
                service.addresses(),
                service.target(),
                service.probes(),
                "",
                Map.of(),
                Set.of(by));
    }

    @Test
    void whatTellsNothingButItsTokenMayBeActedOn() {
        for (ActionKind action : List.of(ActionKind.RESTART, ActionKind.SCALE, ActionKind.ROLL_BACK_RELEASE)) {
            assertThat(objection(action, PLAIN)).isEmpty();
        }
    }

    @Test
    void whatSomeoneElseJustChangedIsLeftAlone() {
        assertThat(objection(ActionKind.RESTART, changed(Duration.ofMinutes(4))))
                .hasValueSatisfying(said ->
                        assertThat(said).contains("kim changed the target").contains("less than 300 s ago"));
        assertThat(objection(ActionKind.RESTART, changed(Duration.ofMinutes(6))))
                .isEmpty();
    }

    @Test
    void aRollBackTakesBackTheChangeBeforeTheTroubleButNotOneSinceThen() {
        // The trouble began 30 seconds ago.
        assertThat(objection(ActionKind.ROLL_BACK_RELEASE, changed(Duration.ofMinutes(1))))
                .isEmpty();
        assertThat(objection(ActionKind.ROLL_BACK_RELEASE, changed(Duration.ofSeconds(10))))
                .isPresent();
    }

    @Test
    void aRolloutIsNotActedInto() {
        assertThat(objection(ActionKind.RESTART, PLAIN.withRollout("2 of 3 updated")))
                .hasValue("a rollout runs on the target: 2 of 3 updated");
    }

    @Test
    void whatARepositoryDeclaresIsChangedThere() {
        Standing owned = PLAIN.withOwner(InventoryService.GITOPS, "Argo CD application shop");
        for (ActionKind action : List.of(
                ActionKind.SCALE, ActionKind.ROLL_BACK_RELEASE, ActionKind.DISABLE_FLAG, ActionKind.ENABLE_FLAG)) {
            assertThat(objection(action, owned)).as(action.name()).hasValueSatisfying(said -> assertThat(said)
                    .contains("Argo CD application shop", "propose the change there"));
        }
        assertThat(objection(ActionKind.RESTART, owned)).isEmpty();
        service = managed(service, InventoryService.GITOPS);
        assertThat(objection(ActionKind.ROLL_BACK_RELEASE, PLAIN)).isPresent();
    }

    @Test
    void howManyThereAreIsTheAutoscalersToSay() {
        Standing owned = PLAIN.withOwner(InventoryService.AUTOSCALER, "HorizontalPodAutoscaler inventory");
        assertThat(objection(ActionKind.SCALE, owned))
                .hasValueSatisfying(said -> assertThat(said).contains("change its bounds"));
        assertThat(objection(ActionKind.ROLL_BACK_RELEASE, owned)).isEmpty();
        service = managed(service, InventoryService.AUTOSCALER);
        assertThat(objection(ActionKind.SCALE, PLAIN)).isPresent();
    }

    @Test
    void whatHoldsDataIsOnlyTouchedByAPlanThatCountsAsIrreversible() {
        Standing data = PLAIN.withData("volume claim data");
        assertThat(objection(ActionKind.RESTART, data))
                .hasValueSatisfying(said -> assertThat(said).contains("volume claim data", "protected: true"));
        assertThat(objection(ActionKind.RESTART, Reversibility.IRREVERSIBLE, data))
                .isEmpty();
    }

    @Test
    void aWellInstanceStaysWhenTheTargetHasTooFewOthersThatAreWell() {
        Standing alone = PLAIN.withHealthyOthers(0);
        assertThat(objection(ActionKind.RESTART, alone)).isPresent();
        assertThat(objection(ActionKind.DRAIN, alone)).isPresent();
        assertThat(objection(ActionKind.CLEAR_CACHE, alone)).isEmpty();
        assertThat(objection(ActionKind.RESTART, PLAIN.withHealthyOthers(1))).isEmpty();
        healthy = 0;
        assertThat(objection(ActionKind.RESTART, alone)).as("a sick one").isEmpty();
    }
}
