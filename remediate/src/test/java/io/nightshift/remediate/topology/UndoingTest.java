package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlKind;
import io.nightshift.events.Execution;
import io.nightshift.events.StepResult;
import io.nightshift.remediate.Stories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Admission's side of taking back: a roll back of a release, which has an undo, does not help or is left half done. */
class UndoingTest {

    private final AdmissionHouse house = new AdmissionHouse(Stories.inventory(4));
    private ActionEvent allowed;
    private Execution forward;

    @BeforeEach
    void propose() {
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-1", "inc-1")
                .setProposal(Stories.rollback().build())
                .build());
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
        allowed = house.last();
        forward = house.executions().get(0);
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** Done, and not seen to help in time. */
    private ActionEvent notRecovered() {
        house.executor(allowed, STARTED);
        house.executor(allowed, SUCCEEDED);
        house.advance(AdmissionHouse.VERIFY_WITHIN.plusSeconds(1));
        assertThat(house.statuses()).containsExactly(NOT_RECOVERED, UNDOING);
        return house.last();
    }

    private void advanceTo(Instant time) {
        house.advance(Duration.between(house.now(), time));
    }

    /** Another cause's remedy for the same target. */
    private ActionStatus proposeNext(String id) {
        house.send(Stories.incident("inc-" + id).setFingerprint(id).build());
        house.send(Stories.investigation("inv-" + id, "inc-" + id)
                .setFinishedAt(house.now())
                .build());
        List<ActionStatus> statuses = house.statuses();
        return statuses.get(statuses.size() - 1);
    }

    @Test
    void whatDidNotHelpIsTakenBackOnceByThePlansOwnUndo() {
        ActionEvent undoing = notRecovered();
        assertThat(undoing.getSentence()).contains("is taken back: the repair did not help");
        assertThat(house.executions()).singleElement().satisfies(execution -> {
            assertThat(execution.getCompensation()).isTrue();
            assertThat(execution.getActionId()).isEqualTo(allowed.getActionId());
            assertThat(execution.getPlan()).isEqualTo(forward.getPlan());
            assertThat(execution.getPlanHash()).isEqualTo(allowed.getPlanHash());
            assertThat(execution.getVerdict()).isEqualTo(forward.getVerdict());
            assertThat(execution.getDeadline()).isEqualTo(undoing.getDeadline());
            assertThat(execution.getPlan().getSteps()).singleElement().satisfies(step -> {
                assertThat(step.getUndo()).isEqualTo(ActionKind.ROLL_BACK_RELEASE);
                assertThat(step.getUndoArguments()).containsEntry("version", "1.4.2");
            });
        });
        advanceTo(undoing.getDeadline().minusSeconds(2));
        assertThat(house.statuses()).isEmpty();
        assertThat(house.executions()).as("once").isEmpty();
    }

    @Test
    void onceTakenBackItIsOverAndAPersonDecidesAboutTheNext() {
        ActionEvent undoing = notRecovered();
        house.executor(undoing, UNDOING);
        house.executor(undoing, ROLLED_BACK);
        advanceTo(undoing.getDeadline().plusSeconds(5));
        assertThat(house.statuses()).isEmpty();
        assertThat(proposeNext("next")).isEqualTo(AWAITING_APPROVAL);
        assertThat(house.last().getVerdict().getRules()).containsExactly("escalated-target");
    }

    @Test
    void anUndoThatFailsLocksTheTargetUntilAPersonLiftsIt() {
        ActionEvent undoing = notRecovered();
        house.executor(undoing, FAILED);
        assertThat(house.statuses()).containsExactly(ESCALATED);
        assertThat(house.last().getSentence())
                .contains("it could not be taken back: reported", "locked until a person lifts it with hands-on");
        assertThat(proposeNext("next")).isEqualTo(DENIED);
        assertThat(house.last().getVerdict().getRules()).contains("hands-off");
        house.send(house.control(ControlKind.HANDS_ON, Stories.INVENTORY, null, "alice", house.alice));
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
    }

    @Test
    void anUndoThatNeverEndsLocksTheTargetAtItsOwnDeadline() {
        ActionEvent undoing = notRecovered();
        assertThat(undoing.getDeadline())
                .isEqualTo(undoing.getAt().plusSeconds(forward.getPlan().getDeadlineSeconds()))
                .isAfter(allowed.getDeadline());
        advanceTo(undoing.getDeadline().minusSeconds(1));
        assertThat(house.statuses()).isEmpty();
        house.advance(Duration.ofSeconds(2));
        assertThat(house.statuses()).containsExactly(ESCALATED);
        assertThat(house.last().getSentence()).contains("its deadline passed while it was undoing", "is locked");
        assertThat(proposeNext("next")).isEqualTo(DENIED);
    }

    @Test
    void theExecutorsOwnUndoGetsALongerDeadlineToo() {
        house.executor(allowed, STARTED);
        advanceTo(allowed.getDeadline().minusSeconds(2));
        house.executor(allowed, UNDOING);
        Instant longer = house.now().plusSeconds(forward.getPlan().getDeadlineSeconds());
        advanceTo(longer.minusSeconds(1));
        assertThat(house.statuses()).isEmpty();
        house.advance(Duration.ofSeconds(2));
        assertThat(house.statuses()).containsExactly(ESCALATED);
        assertThat(house.executions()).as("the executor is at it").isEmpty();
        assertThat(proposeNext("next")).isEqualTo(DENIED);
        assertThat(house.last().getVerdict().getRules()).contains("hands-off");
    }

    @Test
    void whatWasCutOffIsTakenBackAndWhatTookItselfBackIsNot() {
        house.executor(allowed, STARTED);
        house.executor(allowed, FAILED);
        assertThat(house.statuses()).containsExactly(UNDOING);
        assertThat(house.executions()).singleElement().matches(Execution::getCompensation);
    }

    @Test
    void aFailureThatTellsOfItsStepsIsAPersons() {
        house.executor(allowed, STARTED);
        house.send(ActionEvent.newBuilder(allowed)
                .setId("evt-failed")
                .setStatus(FAILED)
                .setAt(house.now())
                .setSteps(List.of(StepResult.newBuilder()
                        .setInstance("demo/shop/inventory")
                        .setAction(ActionKind.ROLL_BACK_RELEASE)
                        .setStatus(FAILED)
                        .build()))
                .build());
        assertThat(house.statuses()).containsExactly(ESCALATED);
        assertThat(house.executions()).isEmpty();
    }
}
