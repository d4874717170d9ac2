package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Engine;
import io.nightshift.events.HaltMode;
import io.nightshift.events.IncidentPhase;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.GuardSettings;
import io.nightshift.remediate.domain.PlanHash;
import io.nightshift.runtime.testing.GoldenTopology;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTopologyTest {

    private AdmissionHouse house = new AdmissionHouse(Stories.inventory(4));

    @AfterEach
    void close() {
        house.close();
    }

    private void atLevel(int level) {
        house.close();
        house = new AdmissionHouse(Stories.inventory(level));
    }

    private void propose() {
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-1", "inc-1").build());
    }

    private ActionEvent asked() {
        atLevel(3);
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
        return house.last();
    }

    private ActionEvent allowed() {
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
        return house.last();
    }

    private ActionEvent succeeded() {
        ActionEvent allowed = allowed();
        house.executor(allowed, STARTED);
        house.advance(Duration.ofSeconds(5));
        house.executor(allowed, SUCCEEDED);
        return allowed;
    }

    @Test
    void theTopologyKeepsItsShape() {
        GoldenTopology.assertMatches(
                AdmissionHouse.topology(
                        Stories.inventory(4), GuardSettings.defaults(), TrustedKeys.none(), house.topics),
                "admission");
    }

    @Test
    void whatPolicyPermitsIsAllowedOnceAndItsPlanHashBindsTheExecution() {
        ActionEvent allowed = allowed();
        var executions = house.executions();
        assertThat(executions).hasSize(1);
        var execution = executions.get(0);
        assertThat(execution.getPlanHash())
                .isEqualTo(PlanHash.of(execution.getPlan()))
                .isEqualTo(allowed.getPlanHash());
        assertThat(execution.getVerdict().getRules()).containsExactly("policy:act-on-what-restores-itself");
        assertThat(execution.getPlan().getInstances()).containsExactly("inventory-1", "inventory-2");
        assertThat(execution.getPlan().getClusterId()).isEqualTo(Stories.CLUSTER);
    }

    @Test
    void anInvestigationThatArrivesBeforeItsIncidentWaitsForIt() {
        house.send(Stories.investigation("inv-1", "inc-1").build());
        assertThat(house.statuses()).isEmpty();
        house.send(Stories.incident("inc-1").build());
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
    }

    @Test
    void theAnswerToAQuestionIsNeverActedOnWhateverItProposes() {
        house.send(Stories.investigation("inv-1", "ask-1").setIncidentVersion(0).build());
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-2", "inc-1").setIncidentVersion(0).build());
        assertThat(house.statuses()).isEmpty();
    }

    @Test
    void anAnswerToAQuestionDoesNotWithdrawTheIncidentsOwnProposal() {
        house.send(Stories.investigation("inv-1", "inc-1").build());
        house.send(Stories.investigation("inv-2", "inc-1")
                .setIncidentVersion(0)
                .setProposal(null)
                .build());
        house.send(Stories.incident("inc-1").build());
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
    }

    @Test
    void aProposalThatWantsAPersonWaitsForOneWhereOthersAreLetThrough() {
        atLevel(5);
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-1", "inc-1")
                .setEngine(Engine.LLM)
                .setProposal(Stories.proposal()
                        .setPersonOnly("the ranker does not have this cause among its first three")
                        .build())
                .build());
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
        assertThat(house.executions()).isEmpty();
        ActionEvent asked = house.last();
        assertThat(asked.getVerdict().getRules()).containsExactly("person-only");

        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice));

        assertThat(house.statuses()).containsExactly(ALLOWED);
        assertThat(house.executions()).hasSize(1);
    }

    @Test
    void aLaterInvestigationOfTheSameEpisodeMakesNoSecondAction() {
        allowed();
        house.send(Stories.incident("inc-1")
                .setVersion(2)
                .setFingerprint("grown")
                .setOnset(Stories.ONSET.minusSeconds(9))
                .build());
        house.send(Stories.investigation("inv-2", "inc-1").setIncidentVersion(2).build());
        assertThat(house.statuses()).isEmpty();
        assertThat(house.executions()).hasSize(1);
    }

    @Test
    void atLevelThreeAPersonsApprovalLetsItThrough() {
        ActionEvent asked = asked();
        assertThat(house.executions()).isEmpty();
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice));
        assertThat(house.statuses()).containsExactly(ALLOWED);
        assertThat(house.executions()).singleElement().satisfies(execution -> assertThat(
                        execution.getVerdict().getApprovals())
                .containsExactly("alice"));
    }

    @Test
    void aQuestionIsWithdrawnWhenALaterAnswerIsSureEnoughToAct() {
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-1", "inc-1")
                .setHypotheses(List.of(Stories.hypothesis().setConfidence(0.55).build()))
                .setProposal(Stories.proposal().setConfidence(0.55).build())
                .build());
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
        ActionEvent asked = house.last();
        house.send(Stories.investigation("inv-2", "inc-1").setIncidentVersion(2).build());
        assertThat(house.statuses()).containsExactly(WITHDRAWN, PROPOSED, ALLOWED);
        assertThat(house.executions()).hasSize(1);
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice));
        assertThat(house.executions()).as("the old question's approval is void").isEmpty();
    }

    @Test
    void aLaterAnswerThatIsUnsureTooLeavesTheQuestionAsItStands() {
        asked();
        house.send(Stories.investigation("inv-2", "inc-1").setIncidentVersion(2).build());
        assertThat(house.statuses()).isEmpty();
    }

    /** The question stands, and its events say why an answer does not count. */
    private void assertToldWhy(String why, int times) {
        assertThat(house.statuses()).hasSize(times).containsOnly(AWAITING_APPROVAL);
        assertThat(house.last().getSentence()).contains(why);
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void anApprovalOfAnotherPlanDoesNotCount() {
        ActionEvent asked = asked();
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), "beef", "alice", house.alice));
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), null, "alice", house.alice));
        assertToldWhy("The approval by 'alice' does not count: it is bound to another plan.", 2);
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void anExpiredApprovalDoesNotCount() {
        ActionEvent asked = asked();
        ControlRecord approval =
                house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice);
        house.advance(Duration.ofSeconds(301));
        house.send(approval);
        assertToldWhy("does not count: it expired at 2026-11-22T03:05:00Z", 1);
    }

    @Test
    void aForgedOrAssistantsApprovalDoesNotCount() {
        ActionEvent asked = asked();
        house.send(house.control(
                ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", SigningKey.generate()));
        house.send(house.draft(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice")
                .build());
        house.send(ControlSignature.sign(
                house.draft(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "assistant")
                        .setPerson(false)
                        .build(),
                house.alice));
        assertToldWhy("The approval by 'assistant' does not count: only a person approves.", 1);
    }

    @Test
    void anApprovalIsUsedOnceAndOnePersonIsNotTwo() {
        house.close();
        house = new AdmissionHouse(Stories.inventory(Stories.service("inventory", 4, true, 1)));
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
        ActionEvent asked = house.last();
        assertThat(asked.getVerdict().getRules()).contains("protected-target", "irreversible");
        ControlRecord approval =
                house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice);
        house.send(approval);
        house.send(approval);
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alicia", house.alice));
        assertThat(house.statuses()).containsExactly(AWAITING_APPROVAL, AWAITING_APPROVAL, AWAITING_APPROVAL);
        assertThat(house.seen.stream().skip(2).map(ActionEvent::getSentence))
                .containsExactly(
                        "'alice' approves it, and another person must too.",
                        "The approval by 'alice' does not count: it was used before.",
                        "The approval by 'alicia' does not count: the same person approved before.");
        assertThat(house.last().getVerdict().getApprovals()).containsExactly("alice");
        assertThat(house.last().getVerdict().getApprovalsNeeded()).isEqualTo(2);
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "bob", house.bob));
        assertThat(house.statuses()).containsExactly(ALLOWED);
        assertThat(house.last().getVerdict().getApprovals()).containsExactly("alice", "bob");
    }

    @Test
    void aQuestionThatNobodyAnswersExpires() {
        asked();
        house.advance(Duration.ofMinutes(10).plusSeconds(2));
        assertThat(house.statuses()).containsExactly(EXPIRED);
    }

    @Test
    void aPersonsDenialEndsTheQuestion() {
        ActionEvent asked = asked();
        house.send(house.control(ControlKind.DENY, asked.getActionId(), asked.getPlanHash(), "bob", house.bob));
        assertThat(house.statuses()).containsExactly(DENIED);
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice));
        assertThat(house.statuses()).isEmpty();
    }

    @Test
    void haltAdmitsNothingAndOnlyASignedResumeReplans() {
        house.halt(HaltMode.HALT, null);
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        assertThat(house.last().getVerdict().getRules()).containsExactly("halt");
        house.halt(HaltMode.RESUME, null);
        house.halt(HaltMode.RESUME, SigningKey.generate());
        house.advance(Duration.ofSeconds(3));
        assertThat(house.statuses()).isEmpty();
        house.halt(HaltMode.RESUME, house.alice);
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
    }

    @Test
    void aFreezeAdmitsNothingAndALaterHaltDoesNotLiftIt() {
        house.halt(HaltMode.FREEZE, null);
        house.halt(HaltMode.HALT, null);
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        assertThat(house.last().getVerdict().getRules()).containsExactly("halt");
        house.advance(Duration.ofSeconds(3));
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void aCopyOfAnEarlierResumeLiftsNoLaterHalt() {
        house.halt(HaltMode.HALT, null);
        house.halt(HaltMode.RESUME, house.alice);
        house.halt(HaltMode.HALT, null);
        // The house's clock stood still: what is signed for the same moment is the same record.
        house.halt(HaltMode.RESUME, house.alice);
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        house.advance(Duration.ofSeconds(1));
        house.halt(HaltMode.RESUME, house.alice);
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
    }

    @Test
    void aHaltAlsoRefusesWhatWasApproved() {
        ActionEvent asked = asked();
        house.halt(HaltMode.FREEZE, null);
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice));
        assertThat(house.statuses()).containsExactly(DENIED);
        assertThat(house.executions()).isEmpty();
        house.advance(Duration.ofSeconds(3));
        house.halt(HaltMode.RESUME, house.alice);
        assertThat(house.statuses()).as("asked anew").containsExactly(PROPOSED, AWAITING_APPROVAL);
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void aPersonSetsTheLevelAndLocksATarget() {
        house.send(ControlSignature.sign(
                house.draft(ControlKind.SET_LEVEL, Stories.INVENTORY, null, "alice")
                        .setArguments(Map.of("level", "2"))
                        .build(),
                house.alice));
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        assertThat(house.last().getVerdict().getRules()).contains("autonomy-level");

        house.send(house.control(ControlKind.HANDS_OFF, "demo/shop/orders", null, "bob", house.bob));
        house.send(Stories.incident("inc-2")
                .setFingerprint("x")
                .setServices(List.of("demo/shop/orders"))
                .build());
        house.send(ordersInvestigation("inv-2", "inc-2", house.now()));
        house.statuses();
        assertThat(house.last().getVerdict().getRules()).contains("hands-off");
    }

    @Test
    void aServiceNeitherShortensNorLiftsAPersonsLock(@TempDir Path folder) {
        house.close();
        house = new AdmissionHouse(
                Stories.inventory(4), GuardSettings.defaults(), keys -> personAndService(folder, keys[0], keys[1]));
        lock(Duration.ofHours(1), house.alice);
        lock(Duration.ofSeconds(1), house.bob);
        house.send(house.control(ControlKind.HANDS_ON, Stories.INVENTORY, null, "bob", house.bob));
        house.advance(Duration.ofSeconds(5));
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        assertThat(house.last().getVerdict().getRules()).containsExactly("hands-off");
        lock(Duration.ofSeconds(1), house.alice);
        house.advance(Duration.ofSeconds(2));
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
    }

    private void lock(Duration time, SigningKey key) {
        house.send(ControlSignature.sign(
                house.draft(ControlKind.HANDS_OFF, Stories.INVENTORY, null, "somebody")
                        .setExpiresAt(house.now().plus(time))
                        .build(),
                key));
    }

    private static TrustedKeys personAndService(Path folder, SigningKey person, SigningKey service) {
        try {
            Files.writeString(folder.resolve("person" + TrustedKeys.SUFFIX), person.publicPem());
            Files.writeString(folder.resolve("robot" + TrustedKeys.SERVICE_SUFFIX), service.publicPem());
            return TrustedKeys.read(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aControlThatIsReplayedDoesNotCountAgain() {
        atLevel(3);
        ControlRecord up = setLevel("4");
        house.send(up);
        house.send(setLevel("2"));
        house.send(up);
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        assertThat(house.last().getVerdict().getLevel()).isEqualTo(2);
    }

    private ControlRecord setLevel(String level) {
        return ControlSignature.sign(
                house.draft(ControlKind.SET_LEVEL, Stories.INVENTORY, null, "alice")
                        .setArguments(Map.of("level", level))
                        .build(),
                house.alice);
    }

    @Test
    void oneActionAtATimeOnATargetAndTheNextWhenItIsOver() {
        allowed();
        house.executions();
        house.send(Stories.incident("inc-2").setFingerprint("other").build());
        house.send(Stories.investigation("inv-2", "inc-2").build());
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        assertThat(house.last().getVerdict().getRules()).contains("target-in-flight");
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void aWideOutageStopsEverything() {
        house.send(Stories.incident("inc-9")
                .setFingerprint("elsewhere")
                .setServices(List.of("demo/shop/payments"))
                .build());
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        assertThat(house.last().getVerdict().getRules()).containsExactly("wide-outage");
    }

    @Test
    void probesAndTelemetryTogetherForTheSoakTimeMakeARecoveryWhichThenHolds() {
        ActionEvent allowed = succeeded();
        house.advance(Duration.ofSeconds(1));
        assertThat(house.probeRequests()).isNotEmpty();
        house.send(cleared("inc-1", 2));
        wellFor(allowed, Duration.ofSeconds(9));
        assertThat(house.statuses()).isEmpty();
        wellFor(allowed, Duration.ofSeconds(5));
        assertThat(house.statuses()).containsExactly(RECOVERED);
        assertThat(house.last().getRecoverySeconds())
                .isEqualTo(Duration.between(Stories.ONSET, house.last().getAt()).toSeconds());
        house.advance(AdmissionHouse.HOLD.plusSeconds(2));
        assertThat(house.statuses()).containsExactly(HELD);
    }

    @Test
    void aBudgetThatStaysSpentAfterTheFailuresIsNoReasonToDoubtTheRepair() {
        ActionEvent allowed = succeeded();
        house.advance(Duration.ofSeconds(1));
        AnomalyBrief burning = AnomalyBrief.newBuilder(Stories.anomaly("inventory", null))
                .setId("anm-budget")
                .setKind(AnomalyKind.BURN_RATE)
                .build();
        house.send(Stories.incident("inc-1")
                .setVersion(2)
                .setPhase(IncidentPhase.UPDATE)
                .setMembers(List.of(Stories.anomaly("inventory", house.now()), burning))
                .build());
        wellFor(allowed, Duration.ofSeconds(14));
        assertThat(house.statuses()).containsExactly(RECOVERED);
    }

    @Test
    void thatThingsChangeAfterARepairIsNoHarm() {
        ActionEvent allowed = succeeded();
        sendWithNew(AnomalyKind.LEVEL_SHIFT);
        wellFor(allowed, Duration.ofSeconds(14));
        assertThat(house.statuses()).containsExactly(RECOVERED);
    }

    @Test
    void aNeighbourThatBeginsToFailAfterARepairIsHarm() {
        ActionEvent allowed = succeeded();
        sendWithNew(AnomalyKind.ERRORS);
        wellFor(allowed, AdmissionHouse.VERIFY_WITHIN.plusSeconds(2));
        assertThat(house.statuses()).containsExactly(NOT_RECOVERED, ESCALATED);
    }

    /** The target is well again, and at a neighbour something has begun since the repair. */
    private void sendWithNew(AnomalyKind kind) {
        house.advance(Duration.ofSeconds(1));
        AnomalyBrief begun = AnomalyBrief.newBuilder(Stories.anomaly("orders", null))
                .setKind(kind)
                .setOnset(house.now())
                .build();
        house.send(Stories.incident("inc-1")
                .setVersion(2)
                .setPhase(IncidentPhase.UPDATE)
                .setMembers(List.of(Stories.anomaly("inventory", house.now()), begun))
                .build());
    }

    @Test
    void probesAloneAreNoRecovery() {
        ActionEvent allowed = succeeded();
        wellFor(allowed, AdmissionHouse.VERIFY_WITHIN.plusSeconds(2));
        assertThat(house.statuses()).containsExactly(NOT_RECOVERED, ESCALATED);
    }

    @Test
    void telemetryAloneIsNoRecoveryWhenTheVerifierIsDown() {
        succeeded();
        house.send(cleared("inc-1", 2));
        house.send(Stories.incident("inc-1")
                .setVersion(3)
                .setPhase(IncidentPhase.RESOLVED)
                .build());
        house.advance(AdmissionHouse.VERIFY_WITHIN.plusSeconds(2));
        assertThat(house.statuses()).containsExactly(NOT_RECOVERED, ESCALATED);
    }

    @Test
    void aFailingProbeStartsTheSoakAnew() {
        ActionEvent allowed = succeeded();
        house.send(cleared("inc-1", 2));
        wellFor(allowed, Duration.ofSeconds(8));
        house.probes(allowed, false);
        house.advance(Duration.ofSeconds(1));
        wellFor(allowed, Duration.ofSeconds(8));
        assertThat(house.statuses()).isEmpty();
        wellFor(allowed, Duration.ofSeconds(6));
        assertThat(house.statuses()).containsExactly(RECOVERED);
    }

    @Test
    void theFaultsReturnIsARecurrenceAndAnotherRemedyMayFollow() {
        ActionEvent allowed = succeeded();
        house.send(cleared("inc-1", 2));
        wellFor(allowed, Duration.ofSeconds(14));
        assertThat(house.statuses()).containsExactly(RECOVERED);
        house.send(Stories.incident("inc-1")
                .setVersion(3)
                .setPhase(IncidentPhase.RESOLVED)
                .build());
        house.advance(Duration.ofSeconds(30));
        house.send(Stories.incident("inc-2").setOnset(house.now()).build());
        assertThat(house.statuses()).containsExactly(RECURRED);
        house.executions();
        house.send(Stories.investigation("inv-2", "inc-2")
                .setFinishedAt(house.now())
                .setProposal(Stories.rollback().build())
                .build());
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
        assertThat(house.executions()).singleElement().satisfies(execution -> assertThat(
                        execution.getPlan().getAction())
                .isEqualTo(ActionKind.ROLL_BACK_RELEASE));
    }

    @Test
    void anExecutorThatNeverAnswersIsEscalatedAtTheDeadline() {
        ActionEvent allowed = allowed();
        house.advance(Duration.between(house.now(), allowed.getDeadline()).plusSeconds(2));
        assertThat(house.statuses()).containsExactly(ESCALATED);
    }

    @Test
    void aFailureIsEscalatedAtOnceAndNeverProposedAgainOnceItTouchedTheTarget() {
        ActionEvent allowed = allowed();
        house.executor(allowed, STARTED);
        house.executor(allowed, FAILED);
        assertThat(house.statuses()).containsExactly(ESCALATED);
        house.send(Stories.investigation("inv-2", "inc-1")
                .setFinishedAt(house.now())
                .build());
        assertThat(house.statuses()).isEmpty();
    }

    @Test
    void aReportAboutAnotherPlanIsPassedOver() {
        ActionEvent allowed = allowed();
        house.send(ActionEvent.newBuilder(allowed)
                .setStatus(FAILED)
                .setPlanHash("beef")
                .build());
        assertThat(house.statuses()).isEmpty();
    }

    @Test
    void actionsOnATargetAreCappedOverTheDay() {
        for (int i = 0; i < 3; i++) {
            String incident = "inc-" + i;
            house.send(Stories.incident(incident).setFingerprint("p" + i).build());
            house.send(Stories.investigation("inv-" + i, incident)
                    .setFinishedAt(house.now())
                    .build());
            if (i < 2) {
                assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
                ActionEvent allowed = house.last();
                house.executor(allowed, STARTED);
                house.executor(allowed, SUCCEEDED);
                house.send(Stories.incident(incident)
                        .setVersion(2)
                        .setPhase(IncidentPhase.RESOLVED)
                        .build());
                wellFor(allowed, Duration.ofSeconds(14));
                assertThat(house.statuses()).containsExactly(RECOVERED);
            }
        }
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        assertThat(house.last().getVerdict().getRules()).contains("daily-cap");
    }

    private void wellFor(ActionEvent allowed, Duration time) {
        for (long s = 0; s < time.toSeconds(); s++) {
            house.probes(allowed, true);
            house.advance(Duration.ofSeconds(1));
        }
    }

    private io.nightshift.events.Incident cleared(String id, int version) {
        return Stories.incident(id)
                .setVersion(version)
                .setPhase(IncidentPhase.UPDATE)
                .setMembers(List.of(Stories.anomaly("inventory", house.now()), Stories.anomaly("orders", null)))
                .build();
    }

    private static io.nightshift.events.Investigation ordersInvestigation(String id, String incident, Instant at) {
        return Stories.investigation(id, incident)
                .setFinishedAt(at)
                .setHypotheses(List.of(
                        Stories.hypothesis().setService("demo/shop/orders").build()))
                .setProposal(Stories.proposal().setTarget("demo/shop/orders").build())
                .build();
    }
}
