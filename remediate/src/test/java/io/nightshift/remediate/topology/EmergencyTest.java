package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Emergency;
import io.nightshift.events.HaltMode;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.EmergencyRule;
import io.nightshift.remediate.policy.Profile;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a person approves every effect, one may do so alone in an emergency, and another looks at it afterwards. */
class EmergencyTest {

    private AdmissionHouse house = new AdmissionHouse(Stories.inventory(3), Profile.REGULATED);

    @AfterEach
    void close() {
        house.close();
    }

    /** Alice asked for it: under four eyes her plain yes does not count. */
    private ActionEvent asked(String incident) {
        house.send(
                Stories.incident(incident).setFingerprint("print-" + incident).build());
        house.send(house.control(ControlKind.INVESTIGATE, incident, null, "alice", house.alice));
        house.send(Stories.investigation("inv-" + incident, incident)
                .setFinishedAt(house.now())
                .build());
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
        return house.last();
    }

    private ControlRecord.Builder emergency(ActionEvent asked, String reason) {
        return house.draft(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice")
                .setReason(reason)
                .setArguments(EmergencyRule.approval());
    }

    private void approveAlone(ActionEvent asked) {
        house.send(ControlSignature.sign(
                emergency(asked, "shop is down, I am alone").build(), house.alice));
    }

    private void review(ActionEvent event, String actor, SigningKey key, boolean accepted) {
        house.send(ControlSignature.sign(
                house.draft(ControlKind.REVIEW, event.getActionId(), null, actor)
                        .setReason("I looked at it")
                        .setArguments(EmergencyRule.review(accepted))
                        .build(),
                key));
    }

    private void refused(String why) {
        assertThat(house.statuses()).containsExactly(AWAITING_APPROVAL);
        assertThat(house.last().getSentence()).contains("does not count", why);
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void onePersonIsEnoughAtOnceAndTheEventSaysWhoWhyAndUntilWhenItIsReviewed() {
        ActionEvent asked = asked("inc-1");
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice));
        refused("who asked for it");
        approveAlone(asked);
        assertThat(house.statuses()).containsExactly(ALLOWED);
        Emergency emergency = house.last().getEmergency();
        assertThat(emergency.getBy()).endsWith("|alice");
        assertThat(emergency.getReason()).isEqualTo("shop is down, I am alone");
        assertThat(emergency.getReviewDue()).isEqualTo(house.now().plus(AdmissionHouse.REVIEW_WITHIN));
        assertThat(house.last().getSentence()).contains("approved alone in an emergency by 'alice'");
        assertThat(house.last().getVerdict().getApprovals()).containsExactly("alice");
        assertThat(house.executions()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CAUTIOUS", "STANDARD"})
    void whereItIsNotPermittedItIsNoApproval(Profile profile) {
        house.close();
        house = new AdmissionHouse(Stories.inventory(3), profile);
        approveAlone(asked("inc-1"));
        refused("emergencies are not permitted here");
    }

    @Test
    void withoutAReasonOrWithAnotherPlanOrAForgedSignatureItIsNoApproval() {
        ActionEvent asked = asked("inc-1");
        house.send(ControlSignature.sign(emergency(asked, " ").build(), house.alice));
        refused("needs a reason");
        house.send(ControlSignature.sign(
                emergency(asked, "now").setPlanHash("another").build(), house.alice));
        refused("bound to another plan");
        house.send(ControlSignature.sign(emergency(asked, "now").build(), SigningKey.generate()));
        assertThat(house.statuses()).isEmpty();
        assertThat(house.deadLetters()).hasSize(3);
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void theArgumentIsSignedToo() {
        ActionEvent asked = asked("inc-1");
        ControlRecord plain =
                house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice);
        house.send(ControlRecord.newBuilder(plain)
                .setArguments(EmergencyRule.approval())
                .build());
        assertThat(house.statuses()).isEmpty();
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void whatIsProtectedNeedsTwoPeopleHereToo() {
        house.close();
        house = new AdmissionHouse(
                Stories.inventory(Stories.service("inventory", 3, true, 1), Stories.service("orders", 3)),
                Profile.REGULATED);
        approveAlone(asked("inc-1"));
        refused("needs two people in an emergency too");
    }

    @Test
    void aHaltHoldsAgainstItToo() {
        ActionEvent asked = asked("inc-1");
        house.halt(HaltMode.HALT, house.alice);
        approveAlone(asked);
        assertThat(house.statuses()).containsExactly(DENIED);
        assertThat(house.last().getVerdict().getRules()).contains("halt");
        assertThat(house.executions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherPersonReviewsItOnce(boolean accepted) {
        approveAlone(asked("inc-1"));
        house.statuses();
        ActionEvent allowed = house.last();
        review(allowed, "alice", house.alice, true);
        assertThat(house.statuses()).containsExactly(ALLOWED);
        assertThat(house.last().getSentence()).contains("who approved it does not review it");
        review(allowed, "alice", house.bob, true);
        assertThat(house.statuses()).containsExactly(ALLOWED);
        assertThat(house.last().getEmergency().getReviewedBy())
                .as("one name is one person")
                .isEmpty();
        review(allowed, "bob", house.bob, accepted);
        assertThat(house.statuses()).containsExactly(ALLOWED);
        assertThat(house.last().getEmergency().getReviewedBy()).endsWith("|bob");
        assertThat(house.last().getEmergency().getAccepted()).isEqualTo(accepted);
        assertThat(house.last().getSentence())
                .contains("reviewed by 'bob' and " + (accepted ? "accepted" : "rejected"));
        review(allowed, "bob", house.bob, !accepted);
        house.statuses();
        assertThat(house.last().getEmergency().getAccepted()).as("once").isEqualTo(accepted);
    }

    @Test
    void anOverdueReviewIsToldOnceAndRefusesFurtherEmergenciesOfThatPersonUntilItComes() {
        approveAlone(asked("inc-1"));
        house.statuses();
        ActionEvent first = house.last();
        assertThat(house.executions()).hasSize(1);
        house.executor(first, FAILED); // nothing was begun
        house.advance(AdmissionHouse.REVIEW_WITHIN.plusSeconds(2));
        assertThat(house.statuses()).containsExactly(ESCALATED, ESCALATED);
        assertThat(house.last().getEmergency().getOverdue()).isTrue();
        assertThat(house.last().getSentence()).contains("Nobody has reviewed", "'alice'");

        ActionEvent second = asked("inc-2");
        approveAlone(second);
        refused("the review of an earlier emergency of the same person is overdue: " + first.getActionId());

        review(first, "bob", house.bob, true);
        assertThat(house.statuses()).containsExactly(ESCALATED);
        assertThat(house.last().getEmergency().getOverdue()).isFalse();
        approveAlone(second);
        assertThat(house.statuses()).containsExactly(ALLOWED);
    }

    @Test
    void itIsNotForgottenBeforeItIsReviewed() {
        approveAlone(asked("inc-1"));
        house.statuses();
        ActionEvent first = house.last();
        house.executor(first, FAILED);
        house.advance(AdmissionHouse.REVIEW_WITHIN.plusSeconds(2));
        house.statuses();
        house.skip(Duration.ofDays(3));
        review(first, "bob", house.bob, false);
        assertThat(house.statuses()).containsExactly(ESCALATED);
        assertThat(house.last().getEmergency().getReviewedBy()).endsWith("|bob");
    }

    @Test
    void whatWasNoEmergencyIsNotReviewed() {
        ActionEvent asked = asked("inc-1");
        review(asked, "bob", house.bob, true);
        assertThat(house.statuses()).isEmpty();
        assertThat(house.deadLetters()).hasSize(1);
    }
}
