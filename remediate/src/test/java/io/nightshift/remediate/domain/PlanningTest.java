package io.nightshift.remediate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.events.Proposal;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.Planning.Planned;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PlanningTest {

    private static final InventoryService EMPTY = new InventoryService(
            new ServiceKey("demo", "shop", "empty"), 4, false, "", List.of(), 0, List.of(), "shop", List.of());
    private static final InventoryService NO_TARGET = new InventoryService(
            new ServiceKey("demo", "shop", "aloof"), 4, false, "", List.of("a"), 0, List.of(), "", List.of());

    private final Planning planning = new Planning(
            Stories.inventory(Stories.service("inventory", 4), Stories.service("store", 4, true, 1), EMPTY, NO_TARGET),
            Stories.CLUSTER,
            2,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));

    private Planned plan(UnaryOperator<Proposal.Builder> change) {
        return planning.plan(
                Stories.investigation("inv-1", "inc-1")
                        .setProposal(change.apply(Stories.proposal()).build())
                        .build(),
                "episode");
    }

    private void assertRefused(String guard, UnaryOperator<Proposal.Builder> change) {
        Planned planned = plan(change);
        assertThat(planned.plan()).isEmpty();
        assertThat(planned.objection()).get().extracting(Objection::guard).isEqualTo(guard);
    }

    @Test
    void whatIsNotInTheCatalogueOrHasNoCommandIsNotSupported() {
        for (ActionKind kind : ActionKind.values()) {
            if (ActionSpec.of(kind).isEmpty()) {
                assertRefused("supported-action", p -> p.setAction(kind));
            }
        }
        assertRefused("supported-action", p -> p.setTarget("demo/shop/aloof"));
    }

    @Test
    void targetsComeFromTheInventoryOnly() {
        assertRefused("inventory-target", p -> p.setTarget("demo/shop/unheard"));
        assertRefused("inventory-target", p -> p.setTarget("*"));
        assertRefused("inventory-target", p -> p.setTarget(""));
        assertRefused("inventory-target", p -> p.setInstances(List.of("payments-1")));
        assertRefused("inventory-target", p -> p.setInstances(List.of("inventory-1", "inventory-1")));
        assertThat(planning.plan(
                                Stories.investigation("i", "c")
                                        .setEnvironment("production")
                                        .build(),
                                "e")
                        .objection())
                .get()
                .extracting(Objection::guard)
                .isEqualTo("inventory-target");
    }

    @Test
    void emptyNeverMeansAll() {
        assertRefused("empty-target-set", p -> p.setTarget("demo/shop/empty"));
        assertThat(plan(p -> p).plan().orElseThrow().getInstances()).containsExactly("inventory-1", "inventory-2");
    }

    @Test
    void moreInstancesThanTheCapAreRefused() {
        Planning strict =
                new Planning(Stories.inventory(4), Stories.CLUSTER, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(strict.plan(Stories.investigation("i", "c").build(), "e").objection())
                .get()
                .extracting(Objection::guard)
                .isEqualTo("instance-cap");
    }

    @Test
    void aPlanThatCouldOutlastTheLongestRunIsRefusedWithItsNumbers() {
        Duration settle = Planning.LONGEST_RUN.dividedBy(2);
        Planning slow = new Planning(Stories.inventory(4), Stories.CLUSTER, 2, settle, Duration.ofSeconds(1));
        Planned two = slow.plan(Stories.investigation("i", "c").build(), "e");
        assertThat(two.plan()).isEmpty();
        assertThat(two.objection())
                .get()
                .satisfies(objection -> assertThat(objection.reason())
                        .contains("940 s together")
                        .contains("20 s for the command")
                        .contains("450 s to settle")
                        .contains("900 s that a run may take"))
                .extracting(Objection::guard)
                .isEqualTo("longest-run");
        Planned one = slow.plan(
                Stories.investigation("i", "c")
                        .setProposal(Stories.proposal()
                                .setInstances(List.of("inventory-1"))
                                .build())
                        .build(),
                "e");
        assertThat(one.plan()).isPresent();
    }

    @Test
    void argumentsAreCheckedAgainstTheCatalogue() {
        assertRefused("arguments", p -> p.setArguments(Map.of("version", "1")));
        UnaryOperator<Proposal.Builder> back = p -> p.setAction(ActionKind.ROLL_BACK_RELEASE);
        assertRefused("arguments", p -> back.apply(p).setArguments(Map.of("version", "--force")));
        assertRefused("arguments", p -> back.apply(p).setArguments(Map.of("version", "1; rm -rf /")));
        assertRefused("arguments", p -> back.apply(p).setArguments(Map.of("command", "1.0")));
        assertThat(plan(p -> back.apply(p).setArguments(Map.of("version", "1.4.2")))
                        .plan())
                .isPresent();
    }

    @Test
    void aProtectedTargetMakesEveryEffectIrreversible() {
        Plan plan = plan(p -> p.setTarget("demo/shop/store")).plan().orElseThrow();
        assertThat(plan.getReversibility()).isEqualTo(Reversibility.IRREVERSIBLE);
    }

    @Test
    void everyFieldOfAPlanChangesItsHash() {
        Plan plan = plan(p -> p).plan().orElseThrow();
        List<UnaryOperator<Plan.Builder>> changes = List.of(
                b -> b.setEnvironment("x"),
                b -> b.setClusterId("x"),
                b -> b.setIncidentId("x"),
                b -> b.setInvestigationId("x"),
                b -> b.setService("x"),
                b -> b.setAction(ActionKind.SCALE),
                b -> b.setTarget("x"),
                b -> b.setInstances(List.of("inventory-2", "inventory-1")),
                b -> b.setInstances(List.of()),
                b -> b.setArguments(Map.of("a", "b")),
                b -> b.setCauseClass(CauseClass.EXTERNAL),
                b -> b.setReversibility(Reversibility.UNDOABLE),
                b -> b.setIdempotent(false),
                b -> b.setEpisode("x"),
                b -> b.setTimeoutSeconds(1),
                b -> b.setDeadlineSeconds(1),
                b -> b.setPlaybook("x"),
                b -> b.setSteps(List.of()));
        assertThat(changes.stream()
                        .map(change ->
                                PlanHash.of(change.apply(Plan.newBuilder(plan)).build())))
                .doesNotHaveDuplicates()
                .doesNotContain(PlanHash.of(plan));
        assertThat(Plan.getClassSchema().getFields())
                .as("a new field must be hashed too, and tried here")
                .hasSize(17);
    }

    @Test
    void everyFieldOfAStepChangesThePlansHash() {
        Plan plan = plan(p -> p).plan().orElseThrow();
        List<UnaryOperator<PlanStep.Builder>> changes = List.of(
                s -> s.setName("x"),
                s -> s.setAction(ActionKind.SCALE),
                s -> s.setSubject("x"),
                s -> s.setInstances(List.of("x")),
                s -> s.setArguments(Map.of("a", "b")),
                s -> s.setBatch(7),
                s -> s.setPauseSeconds(7),
                s -> s.setTimeoutSeconds(7),
                s -> s.setUndo(ActionKind.SCALE),
                s -> s.setUndoArguments(Map.of("a", "b")));
        assertThat(changes.stream()
                        .map(change -> PlanHash.of(Plan.newBuilder(plan)
                                .setSteps(List.of(
                                        change.apply(PlanStep.newBuilder(
                                                        plan.getSteps().get(0)))
                                                .build(),
                                        plan.getSteps().get(1)))
                                .build())))
                .doesNotHaveDuplicates()
                .doesNotContain(PlanHash.of(plan));
        assertThat(PlanStep.getClassSchema().getFields())
                .as("a new field must be hashed too, and tried here")
                .hasSize(10);
    }

    @Test
    void untrustedTextInAMessageIsBoundedAndPlain() {
        assertThat(Planning.quoted("a\u001b[31m<script>\u202e" + "x".repeat(500)))
                .hasSizeLessThan(100)
                .doesNotContain("\u001b", "<", "\u202e");
    }
}
