package io.nightshift.remediate.worker;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.Execution;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.events.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps with an undo, against targets that keep a ledger of their own: a fenced one and a dumb one. */
@Timeout(120)
class UndoTest {

    private ExecutorHouse house;

    @TempDir
    Path folder;

    private void open(boolean fenced) throws IOException {
        house = new ExecutorHouse(folder, fenced);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNeighbourThatGetsWorseAfterTheCanaryStopsThePlanAndTheCanaryIsTakenBack(boolean fenced) throws Exception {
        open(fenced);
        house.shop.set("harm");
        house.start();
        house.send(drains(0));
        ActionEvent end = house.awaitLast(ROLLED_BACK);
        assertThat(done()).containsExactly("drain inventory-1", "undrain inventory-1");
        assertThat(house.night.statuses()).containsExactly(STARTED, UNDOING, ROLLED_BACK);
        assertThat(sentence(1)).contains("the probe heap of demo/shop/orders/orders-1, which passed before, fails");
        assertThat(end.getSteps()).extracting(StepResult::getUndo).containsExactly(false, true);
        assertThat(end.getProbes()).isNotEmpty().anySatisfy(probe -> assertThat(probe.getSubject())
                .isEqualTo("demo/shop/orders/orders-1"));
    }

    @Test
    void aWorseningInThePauseStopsThePlan() throws Exception {
        open(true);
        house.start();
        house.send(drains(60));
        await().atMost(Duration.ofSeconds(60)).until(() -> done().size() == 1 && isSettled());
        house.shop.heap("orders-1", "0.95");
        house.awaitLast(ROLLED_BACK);
        assertThat(done()).containsExactly("drain inventory-1", "undrain inventory-1");
        assertThat(sentence(1)).contains("in the pause after a batch");
    }

    @Test
    void aCanaryThatFallsSickAgainInThePauseStopsThePlan() throws Exception {
        open(true);
        house.start();
        house.send(drains(60));
        await().atMost(Duration.ofSeconds(60)).until(() -> done().size() == 1 && isSettled());
        house.shop.heap("inventory-1", "0.95");
        house.awaitLast(ROLLED_BACK);
        assertThat(done()).containsExactly("drain inventory-1", "undrain inventory-1");
        assertThat(sentence(1)).contains("the probe heap of inventory-1");
    }

    @Test
    void aSickInstanceThatGetsSickerBeforeItsTurnStopsNothing() throws Exception {
        open(true);
        house.start();
        house.send(drains(2));
        await().atMost(Duration.ofSeconds(60)).until(() -> !done().isEmpty());
        house.shop.load("inventory-2", "0.95");
        await().atMost(Duration.ofSeconds(60)).until(() -> done().size() == 2);
        house.shop.load("inventory-2", "0.1");
        house.awaitLast(SUCCEEDED);
        assertThat(done()).containsExactly("drain inventory-1", "drain inventory-2");
    }

    /** The canary's outcome is in the journal, and its heap reads well: what follows is the pause. */
    private boolean isSettled() {
        return phases(false).contains(JournalPhase.SUCCEEDED);
    }

    @Test
    void whatWasDoneIsTakenBackInReverseAndWhatHasNoUndoIsNamed() throws Exception {
        open(true);
        house.shop.set("fail-restart");
        house.start();
        house.send(house.restart(plan -> withRestart(Executions.drains(plan, 0))));
        ActionEvent end = house.awaitLast(ROLLED_BACK);
        assertThat(done())
                .containsExactly(
                        "drain inventory-1", "drain inventory-2", "undrain inventory-2", "undrain inventory-1");
        assertThat(sentence(1))
                .contains("undrain of inventory-2, undrain of inventory-1")
                .contains("broken");
        assertThat(end.getSentence()).contains("Left as it is, having no undo: restart of inventory-2.");
    }

    private static Plan.Builder withRestart(Plan.Builder plan) {
        List<PlanStep> steps = new ArrayList<>(plan.getSteps());
        steps.add(PlanStep.newBuilder()
                .setAction(ActionKind.RESTART)
                .setSubject("inventory-2")
                .setInstances(List.of("inventory-2"))
                .setBatch(2)
                .build());
        return plan.setSteps(steps);
    }

    @Test
    void eachUndoHasAnIntentAndAKeyOfItsOwn() throws Exception {
        open(true);
        house.shop.set("harm");
        house.start();
        Execution execution = drains(0);
        house.send(execution);
        house.awaitLast(ROLLED_BACK);
        assertThat(phases(true)).containsExactly(JournalPhase.PLANNED, JournalPhase.STARTED, JournalPhase.SUCCEEDED);
        assertThat(house.shop.ledger().get(1)).contains(" " + execution.getActionId() + "/0/undo ");
        assertThat(token(1)).isGreaterThan(token(0));
    }

    private long token(int line) throws IOException {
        return Long.parseLong(house.shop.ledger().get(line).split(" ")[3]);
    }

    @Test
    void anUndoThatFailsStopsThereAndSaysWhatIsLeftInMidState() throws Exception {
        open(true);
        house.shop.set("fail-restart");
        house.shop.set("fail-undrain");
        house.start();
        house.send(house.restart(plan -> withRestart(Executions.drains(plan, 0))));
        ActionEvent end = house.awaitLast(FAILED);
        assertThat(done()).containsExactly("drain inventory-1", "drain inventory-2");
        assertThat(end.getSentence())
                .contains("The undo stopped at the undrain of inventory-2")
                .contains("Left in mid-state, without its undrain of inventory-2, undrain of inventory-1.");
        assertThat(house.night.statuses()).containsExactly(STARTED, UNDOING, FAILED);
    }

    @Test
    void whatIsStillWorseAfterTheUndoIsNoRollback() throws Exception {
        open(true);
        house.shop.set("harm");
        house.shop.set("harm-stays");
        house.start();
        house.send(drains(0));
        assertThat(house.awaitLast(FAILED).getSentence())
                .contains("What was done is taken back, but")
                .contains("heap of demo/shop/orders/orders-1, which passed before");
    }

    @Test
    void aHaltLetsTheUndoFinish() throws Exception {
        open(true);
        haltedInThePause(HaltMode.HALT);
        house.awaitLast(ROLLED_BACK);
        assertThat(done()).containsExactly("drain inventory-1", "undrain inventory-1");
        assertThat(sentence(1)).contains("halted");
    }

    @Test
    void aFreezeStopsTheUndoTooAndWhatIsInMidStateIsListed() throws Exception {
        open(true);
        haltedInThePause(HaltMode.FREEZE);
        ActionEvent end = house.awaitLast(FAILED);
        assertThat(done()).containsExactly("drain inventory-1");
        assertThat(end.getSentence())
                .contains("halted")
                .contains("Left in mid-state, without its undrain of inventory-1.");
    }

    /** Halts while the canary's batch is watched: the next forward step meets it. */
    private void haltedInThePause(HaltMode mode) throws Exception {
        house.start();
        house.send(drains(2));
        await().atMost(Duration.ofSeconds(60)).until(() -> done().size() == 1);
        house.night.send(
                house.night.topics.halt(),
                0,
                "halt",
                HaltRecord.newBuilder()
                        .setMode(mode)
                        .setActor("alice")
                        .setAt(Instant.now())
                        .setReason("a person says stop")
                        .build());
    }

    @Test
    void aCompensationTakesBackWhatAnEarlierRunDidAndDoesNothingElse() throws Exception {
        open(true);
        house.start();
        Execution execution = drains(0);
        house.send(execution);
        house.awaitLast(SUCCEEDED);
        house.send(Execution.newBuilder(execution).setCompensation(true).build());
        house.awaitLast(ROLLED_BACK);
        assertThat(done())
                .containsExactly(
                        "drain inventory-1", "drain inventory-2", "undrain inventory-2", "undrain inventory-1");
        house.send(Execution.newBuilder(execution).setCompensation(true).build());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> house.night.statuses().stream()
                                .filter(ROLLED_BACK::equals)
                                .count()
                        == 2);
        assertThat(done()).as("delivered twice, taken back once").hasSize(4);
    }

    @Test
    void aCompensationOfARunThatDidNothingDoesNothing() throws Exception {
        open(true);
        house.start();
        house.send(Execution.newBuilder(drains(0)).setCompensation(true).build());
        assertThat(house.awaitLast(ROLLED_BACK).getSentence()).contains("nothing to take back");
        assertThat(done()).isEmpty();
    }

    @Test
    void aStepInDoubtIsWaitedOutBeforeItIsTakenBack() throws Exception {
        open(true);
        Execution execution = drains(0);
        Instant deadline = Instant.now().plusSeconds(5);
        house.night.send(
                house.night.topics.journal(),
                0,
                execution.getPlan().getTarget(),
                ExecutorHouse.started(execution, deadline));
        house.start();
        house.send(Execution.newBuilder(execution).setCompensation(true).build());
        house.awaitLast(ROLLED_BACK);
        assertThat(done()).containsExactly("undrain inventory-1");
        JournalEntry undo = house.night.read(house.night.topics.journal()).stream()
                .filter(entry -> entry.getUndo() && entry.getPhase() == JournalPhase.STARTED)
                .findFirst()
                .orElseThrow();
        assertThat(undo.getAt()).isAfter(deadline);
    }

    private Execution drains(int pauseSeconds) {
        return house.restart(plan -> Executions.drains(plan, pauseSeconds));
    }

    private List<String> done() throws IOException {
        return house.shop.ledger().stream()
                .map(line -> line.split(" ")[0] + " " + line.split(" ")[1])
                .toList();
    }

    private String sentence(int event) {
        return house.night.read(house.night.topics.actions()).get(event).getSentence();
    }

    private List<JournalPhase> phases(boolean undo) {
        return house.night.read(house.night.topics.journal()).stream()
                .filter(entry -> entry.getUndo() == undo)
                .map(JournalEntry::getPhase)
                .toList();
    }
}
