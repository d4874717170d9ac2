package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.ControlKind;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Proposal;
import io.nightshift.remediate.Stories;
import io.nightshift.schemas.signing.ControlSignature;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How questions to people end, other than by an approval. */
class QuestionsTest {

    private final AdmissionHouse house = new AdmissionHouse(Stories.inventory(3));
    private int answers;

    @AfterEach
    void close() {
        house.close();
    }

    private ActionEvent asked() {
        return asked(Stories.incident("inc-1").build());
    }

    private ActionEvent asked(Incident incident) {
        house.send(incident);
        answer(Stories.proposal());
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
        return house.last();
    }

    private void deny(ActionEvent asked) {
        house.send(house.control(ControlKind.DENY, asked.getActionId(), asked.getPlanHash(), "bob", house.bob));
        assertThat(house.statuses()).containsExactly(DENIED);
    }

    /** A new answer of now with this proposal. */
    private void answer(Proposal.Builder proposal) {
        house.send(investigation(proposal).build());
    }

    private Investigation.Builder investigation(Proposal.Builder proposal) {
        answers++;
        return Stories.investigation("inv-" + answers, "inc-1")
                .setIncidentVersion(answers)
                .setFinishedAt(house.now())
                .setProposal(proposal.build());
    }

    @Test
    void aDenialHoldsForItsTimeAndSaysSo() {
        deny(asked());
        assertThat(house.last().getSentence()).contains("denied by 'bob' until 2026-11-22T03:20:00Z");
        house.advance(Duration.ofSeconds(4));
        answer(Stories.proposal());
        house.advance(AdmissionHouse.DENIAL_HOLDS.minusSeconds(10));
        answer(Stories.proposal().setConfidence(0.99));
        assertThat(house.statuses()).as("still denied").isEmpty();
        house.advance(Duration.ofSeconds(10));
        answer(Stories.proposal());
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
    }

    @Test
    void aDenialAlsoHoldsWhereNightshiftMayActByItself() {
        deny(asked());
        house.send(ControlSignature.sign(
                house.draft(ControlKind.SET_LEVEL, Stories.INVENTORY, null, "alice")
                        .setArguments(Map.of("level", "5"))
                        .build(),
                house.alice));
        answer(Stories.proposal());
        assertThat(house.statuses()).isEmpty();
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void aDenialIsAboutOnePlanAndNotAboutAnother() {
        deny(asked());
        answer(Stories.proposal().setInstances(List.of("inventory-2")));
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
    }

    @Test
    void aDenialOfAnotherActionSaysNothingOfThisOne() {
        deny(asked());
        answer(Stories.rollback());
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
    }

    @Test
    void anIncidentThatBeginsToPageIsWorthAskingAgain() {
        deny(asked(Stories.incident("inc-1").setPages(false).build()));
        answer(Stories.proposal());
        assertThat(house.statuses()).isEmpty();
        house.send(update(2).build());
        answer(Stories.proposal());
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
    }

    @Test
    void whoAsksForANewLookIsAskedAgain() {
        deny(asked());
        house.send(investigation(Stories.proposal())
                .setQuestion("is it really the heap?")
                .build());
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
    }

    @Test
    void aQuestionIsWithdrawnWhenTheIncidentIsResolved() {
        ActionEvent asked = asked();
        house.send(update(2).setPhase(IncidentPhase.RESOLVED).build());
        house.advance(Duration.ofSeconds(1));
        assertThat(house.statuses()).containsExactly(WITHDRAWN);
        assertThat(house.last().getSentence()).contains("withdrawn", "the incident is resolved");
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice));
        house.advance(Duration.ofSeconds(1));
        assertThat(house.statuses()).as("its approval is void").isEmpty();
    }

    @Test
    void aQuestionIsWithdrawnWhenTheIncidentBecomesPartOfAnother() {
        asked();
        house.send(
                update(2).setPhase(IncidentPhase.MERGED).setMergedInto("inc-7").build());
        house.advance(Duration.ofSeconds(1));
        assertThat(house.statuses()).containsExactly(WITHDRAWN);
    }

    @Test
    void aFurtherQuestionAboutAServiceIsWithdrawnOnceItHasRecovered() {
        ActionEvent restart = asked();
        answer(Stories.rollback());
        assertThat(house.statuses()).as("both questions stand").containsExactly(PROPOSED, AWAITING_APPROVAL);
        recovered(approved(restart), WITHDRAWN);
        assertThat(house.last().getAction()).isEqualTo(ActionKind.ROLL_BACK_RELEASE);
        assertThat(house.last().getSentence())
                .contains("roll back release", "withdrawn", "has recovered by the rolling restart");
    }

    @Test
    void whatHasRecoveredIsNotAskedAboutUntilSomethingBeginsThereAgain() {
        recovered(approved(asked()));
        answer(Stories.rollback());
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        assertThat(house.last().getVerdict().getRules()).containsExactly("already-recovered");
        house.advance(Duration.ofSeconds(5));
        house.send(update(4)
                .setMembers(List.of(AnomalyBrief.newBuilder(Stories.anomaly("inventory", null))
                        .setOnset(house.now())
                        .build()))
                .build());
        answer(Stories.rollback());
        assertThat(house.statuses()).containsExactly(RECURRED, PROPOSED, AWAITING_APPROVAL);
    }

    private ActionEvent approved(ActionEvent asked) {
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice));
        assertThat(house.statuses()).containsExactly(ALLOWED);
        return house.last();
    }

    private void recovered(ActionEvent allowed, ActionStatus... further) {
        house.executor(allowed, STARTED);
        house.executor(allowed, SUCCEEDED);
        house.send(update(3)
                .setMembers(List.of(Stories.anomaly("inventory", house.now()), Stories.anomaly("orders", null)))
                .build());
        for (long s = 0; s < AdmissionHouse.SOAK.toSeconds() + 4; s++) {
            house.probes(allowed, true);
            house.advance(Duration.ofSeconds(1));
        }
        List<ActionStatus> told = house.statuses();
        assertThat(told.get(0)).isEqualTo(RECOVERED);
        assertThat(told.subList(1, told.size())).containsExactly(further);
    }

    private static Incident.Builder update(int version) {
        return Stories.incident("inc-1").setVersion(version).setPhase(IncidentPhase.UPDATE);
    }
}
