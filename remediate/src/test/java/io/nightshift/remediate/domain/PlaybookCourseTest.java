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
import io.nightshift.remediate.domain.catalogue.Effect;
import io.nightshift.remediate.domain.playbook.Batches;
import io.nightshift.remediate.domain.playbook.Parameter;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.PlaybookStep;
import io.nightshift.remediate.domain.playbook.PlaybookStep.Subject;
import io.nightshift.remediate.domain.playbook.Playbooks;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.CommandTarget;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaybookCourseTest {

    private static final List<String> FIVE =
            IntStream.rangeClosed(1, 5).mapToObj(i -> "inventory-" + i).toList();

    private final Map<ActionKind, CommandSpec> actions = new EnumMap<>(Map.of(
            ActionKind.RESTART, command("{instance}"),
            ActionKind.DRAIN, command("{instance}"),
            ActionKind.UNDRAIN, command("{instance}"),
            ActionKind.SCALE, command("{service}"),
            ActionKind.ROLL_BACK_RELEASE, command("{service}")));
    private Map<CauseClass, String> declared = Map.of(CauseClass.MEMORY_LEAK, "book");
    private List<String> instances = FIVE;
    private int minHealthy = 1;

    private static CommandSpec command(String subject) {
        return new CommandSpec(List.of("act", subject), Duration.ofSeconds(10));
    }

    private Planned plan(Playbook playbook, Map<String, String> arguments) {
        InventoryService like = Stories.service("inventory", 4);
        InventoryService service = new InventoryService(
                like.key(), 4, false, "", FIVE, minHealthy, List.of(), "shop", like.probes(), "", declared, Set.of());
        TargetSpec target = new CommandTarget("shop", true, actions, command("{instance}"));
        Planning planning = new Planning(
                new Inventory(List.of(service), Map.of("shop", target)),
                Stories.CLUSTER,
                10,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                new Playbooks(new TreeMap<>(Map.of("book", playbook))));
        Map<String, String> all = new TreeMap<>(arguments);
        all.putIfAbsent("playbook", "book");
        Proposal proposal = Stories.proposal()
                .setAction(ActionKind.PLAYBOOK)
                .setInstances(instances)
                .setArguments(all)
                .build();
        return planning.plan(
                Stories.investigation("inv-1", "inc-1").setProposal(proposal).build(), "episode");
    }

    private Plan planned(PlaybookStep... steps) {
        Planned planned = plan(book(steps), Map.of());
        assertThat(planned.objection()).isEmpty();
        return planned.plan().orElseThrow();
    }

    private void assertRefused(Planned planned, String guard, String says) {
        assertThat(planned.plan()).isEmpty();
        Objection objection = planned.objection().orElseThrow();
        assertThat(objection.guard()).isEqualTo(guard);
        assertThat(objection.reason()).contains(says);
    }

    private static Playbook book(PlaybookStep... steps) {
        return book(List.of(), steps);
    }

    private static Playbook book(List<Parameter> parameters, PlaybookStep... steps) {
        return new Playbook(
                "book",
                "1",
                "A test.",
                Set.of(CauseClass.MEMORY_LEAK),
                3,
                parameters,
                List.of(steps),
                "5a5a",
                Playbook.SHIPPED,
                "book.yaml");
    }

    private static PlaybookStep step(ActionKind action, Batches batches, Duration pause, Effect undo, boolean closing) {
        return new PlaybookStep(
                ActionEvents.name(action).replace(' ', '-'),
                action,
                Map.of(),
                Subject.AS_DECLARED,
                batches,
                List.of(),
                List.of("heap"),
                pause,
                Optional.empty(),
                Optional.ofNullable(undo),
                closing,
                "book.yaml:9");
    }

    private static PlaybookStep step(ActionKind action) {
        return step(action, Batches.ONE_BY_ONE, Duration.ZERO, null, false);
    }

    private static PlaybookStep step(ActionKind action, Map<String, String> arguments) {
        PlaybookStep like = step(action);
        return new PlaybookStep(
                like.name(),
                action,
                arguments,
                Subject.AS_DECLARED,
                like.batches(),
                List.of(),
                like.verify(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                false,
                like.where());
    }

    private static List<String> told(Plan plan) {
        return plan.getSteps().stream()
                .map(step -> step.getBatch() + " " + step.getName() + " " + step.getSubject())
                .toList();
    }

    @Test
    void theCanaryGoesFirstThenBatchAfterBatch() {
        Plan plan = planned(
                step(ActionKind.ROLLING_RESTART, new Batches(1, 40, true), Duration.ofSeconds(20), null, false));
        assertThat(told(plan))
                .containsExactly(
                        "0 rolling-restart inventory-1",
                        "1 rolling-restart inventory-2",
                        "1 rolling-restart inventory-3",
                        "2 rolling-restart inventory-4",
                        "2 rolling-restart inventory-5");
        assertThat(plan.getSteps()).allSatisfy(step -> {
            assertThat(step.getAction()).isEqualTo(ActionKind.RESTART);
            assertThat(step.getPauseSeconds()).isEqualTo(20);
            assertThat(step.getVerify()).containsExactly("heap");
        });
        assertThat(plan.getPlaybook()).isEqualTo("book@5a5a");
        assertThat(plan.getLevel()).isEqualTo(3);
    }

    @Test
    void aBatchIsNeverGreaterThanWhatMayBeMissing() {
        minHealthy = 3;
        assertThat(
                        planned(step(ActionKind.RESTART, new Batches(5, 5, false), Duration.ZERO, null, false))
                                .getSteps()
                                .stream()
                                .map(PlanStep::getBatch))
                .containsExactly(0, 0, 1, 1, 2);
    }

    @Test
    void stepsOnInstancesAreDoneTogetherForOneAfterTheOther() {
        instances = List.of("inventory-4", "inventory-2");
        Plan plan = planned(
                step(ActionKind.DRAIN),
                step(ActionKind.RESTART),
                step(ActionKind.UNDRAIN, Batches.ONE_BY_ONE, Duration.ZERO, null, true));
        assertThat(told(plan))
                .containsExactly(
                        "0 drain inventory-4",
                        "0 restart inventory-4",
                        "0 undrain inventory-4",
                        "1 drain inventory-2",
                        "1 restart inventory-2",
                        "1 undrain inventory-2");
        assertThat(plan.getSteps().stream().map(PlanStep::getUndo))
                .as("what closes is the undo of an earlier step, and has none")
                .startsWith(ActionKind.UNDRAIN, ActionKind.UNKNOWN, ActionKind.UNKNOWN);
        assertThat(plan.getReversibility()).isEqualTo(Reversibility.SELF_RESTORING);
    }

    @Test
    void aStepOnTheServiceDividesThem() {
        instances = List.of("inventory-1");
        Playbook playbook = book(
                List.of(new Parameter("to", true, Optional.empty())),
                step(ActionKind.DRAIN),
                step(ActionKind.SCALE, Map.of("from", "5", "to", "{to}")),
                step(ActionKind.RESTART));
        Plan plan = plan(playbook, Map.of("to", "6")).plan().orElseThrow();
        assertThat(told(plan))
                .containsExactly("0 drain inventory-1", "1 scale demo/shop/inventory", "2 restart inventory-1");
        assertThat(plan.getSteps().get(1).getArguments()).isEqualTo(Map.of("from", "5", "to", "6"));
        assertThat(plan.getSteps().get(1).getUndoArguments()).isEqualTo(Map.of("from", "6", "to", "5"));
        assertThat(plan.getDeadlineSeconds())
                .as("three effects, three times to settle, two undos that settle once, and the verification")
                .isEqualTo(3 * 10 + 3 * 5 + 2 * 10 + 5 + 60);
    }

    @Test
    void aPlaybookIsAsReversibleAsTheWorstOfItsSteps() {
        instances = List.of("inventory-1");
        assertThat(planned(step(ActionKind.DRAIN)).getReversibility()).isEqualTo(Reversibility.UNDOABLE);
        assertThat(planned(step(ActionKind.DRAIN), step(ActionKind.ROLL_BACK_RELEASE, Map.of("version", "1")))
                        .getReversibility())
                .as("the way back is not known")
                .isEqualTo(Reversibility.IRREVERSIBLE);
        actions.remove(ActionKind.UNDRAIN);
        assertThat(planned(step(ActionKind.DRAIN)).getReversibility())
                .as("the target declares no undo")
                .isEqualTo(Reversibility.IRREVERSIBLE);
        Effect restart = new Effect(ActionKind.RESTART, Map.of());
        Plan own = planned(step(ActionKind.DRAIN, Batches.ONE_BY_ONE, Duration.ZERO, restart, false));
        assertThat(own.getReversibility()).isEqualTo(Reversibility.UNDOABLE);
        assertThat(own.getSteps().get(0).getUndo()).isEqualTo(ActionKind.RESTART);
    }

    @Test
    void aPlaybookRunsOnlyWhereItIsDeclaredAgainstTheCause() {
        declared = Map.of();
        assertRefused(plan(book(step(ActionKind.RESTART)), Map.of()), "declared-playbook", "does not declare");
        declared = Map.of(CauseClass.MEMORY_LEAK, "other");
        assertRefused(plan(book(step(ActionKind.RESTART)), Map.of()), "declared-playbook", "does not declare");
        assertRefused(
                plan(book(step(ActionKind.RESTART)), Map.of("playbook", "other")),
                "declared-playbook",
                "there is no playbook 'other'");
        declared = Map.of(CauseClass.MEMORY_LEAK, "book");
        Playbook elsewhere = new Playbook(
                "book",
                "1",
                "",
                Set.of(CauseClass.DISK_FILLING),
                4,
                List.of(),
                List.of(step(ActionKind.RESTART)),
                "",
                "",
                "");
        assertRefused(plan(elsewhere, Map.of()), "declared-playbook", "is not meant against MEMORY_LEAK");
    }

    @Test
    void whatTheTargetOrTheServiceDoesNotHaveIsRefusedWithItsPlace() {
        actions.remove(ActionKind.DRAIN);
        assertRefused(plan(book(step(ActionKind.DRAIN)), Map.of()), "supported-action", "book.yaml:9: step drain: ");
        PlaybookStep like = step(ActionKind.RESTART);
        PlaybookStep blind = new PlaybookStep(
                "blind",
                ActionKind.RESTART,
                Map.of(),
                Subject.AS_DECLARED,
                like.batches(),
                List.of("eye"),
                like.verify(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                false,
                like.where());
        assertRefused(plan(book(blind), Map.of()), "declared-probe", "no probe 'eye'; it has [heap]");
        PlaybookStep wide = new PlaybookStep(
                "wide",
                ActionKind.RESTART,
                Map.of(),
                Subject.SERVICE,
                like.batches(),
                List.of(),
                like.verify(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                false,
                like.where());
        assertRefused(plan(book(wide), Map.of()), "supported-action", "instance by instance");
        Effect scale = new Effect(ActionKind.SCALE, Map.of("from", "1", "to", "2"));
        assertRefused(
                plan(book(step(ActionKind.RESTART, Batches.ONE_BY_ONE, Duration.ZERO, scale, false)), Map.of()),
                "supported-action",
                "no SCALE of the same subject");
    }

    @Test
    void argumentsAreThoseOfThePlaybookAndOfTheCatalogue() {
        Playbook playbook = book(
                List.of(new Parameter("to", true, Optional.empty()), new Parameter("from", false, Optional.of("2"))),
                step(ActionKind.SCALE, Map.of("from", "{from}", "to", "{to}")));
        assertRefused(plan(playbook, Map.of()), "arguments", "the playbook book needs the argument to");
        assertRefused(plan(playbook, Map.of("to", "3", "by", "1")), "arguments", "takes no argument of that name");
        assertThat(plan(playbook, Map.of("to", "3", "version", "1.4.1")).plan())
                .as("what else is known of the cause is passed over")
                .isPresent();
        assertRefused(plan(playbook, Map.of("to", "3", "version", "$(id)")), "arguments", "no plain word");
        assertRefused(plan(playbook, Map.of("to", "three")), "arguments", "does not look like");
        assertRefused(plan(playbook, Map.of("to", "2")), "no-op", "end where it begins");
        assertThat(plan(playbook, Map.of("to", "3")).plan()).isPresent();
    }

    @Test
    void anUndoThatEndsWhereTheStepEndsIsRefusedWithTheValuesToo() {
        Effect same = new Effect(ActionKind.SCALE, Map.of("from", "4", "to", "{to}"));
        PlaybookStep like = step(ActionKind.SCALE, Map.of("from", "2", "to", "3"));
        PlaybookStep undone = new PlaybookStep(
                "scale",
                ActionKind.SCALE,
                like.arguments(),
                Subject.AS_DECLARED,
                like.batches(),
                List.of(),
                like.verify(),
                Duration.ZERO,
                Optional.empty(),
                Optional.of(same),
                false,
                like.where());
        Playbook playbook = book(List.of(new Parameter("to", true, Optional.empty())), undone);
        assertRefused(plan(playbook, Map.of("to", "3")), "no-op", "it undoes nothing");
        assertThat(plan(playbook, Map.of("to", "1")).plan()).isPresent();
    }

    @Test
    void aPlaybookIsBoundedInEffectsAndTime() {
        PlaybookStep[] many =
                IntStream.range(0, 13).mapToObj(i -> step(ActionKind.RESTART)).toArray(PlaybookStep[]::new);
        assertRefused(plan(book(many), Map.of()), "playbook-size", "65 effects on 5 instances");
        assertRefused(
                plan(book(step(ActionKind.RESTART, Batches.ONE_BY_ONE, Duration.ofMinutes(3), null, false)), Map.of()),
                "longest-run",
                "900 s of pauses");
    }

    @Test
    void theSameProposalMakesTheSamePlan() {
        Playbook playbook = book(step(ActionKind.DRAIN), step(ActionKind.RESTART));
        assertThat(PlanHash.of(plan(playbook, Map.of()).plan().orElseThrow()))
                .isEqualTo(PlanHash.of(plan(playbook, Map.of()).plan().orElseThrow()));
    }
}
