package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ControlKind;
import io.nightshift.events.Decision;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.policy.Profile;
import io.nightshift.schemas.signing.ControlSignature;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would be done at a level that acts is recorded below it, and nothing is done. */
class ShadowTest {

    private static void propose(AdmissionHouse house, int version) {
        house.send(Stories.incident("inc-1").setVersion(version).build());
        house.send(Stories.investigation("inv-" + version, "inc-1")
                .setIncidentVersion(version)
                .setFinishedAt(house.now())
                .build());
    }

    @Test
    void atALevelThatDoesNothingItIsRecordedOnceWithPlanAndVerdict() {
        try (AdmissionHouse house = new AdmissionHouse(Stories.inventory(2), Profile.CAUTIOUS)) {
            propose(house, 1);
            assertThat(house.statuses()).containsExactly(PROPOSED, SHADOWED);
            assertThat(house.last().getShadow()).isTrue();
            assertThat(house.last().getPlan().getSteps()).isNotEmpty();
            assertThat(house.last().getVerdict().getDecision())
                    .as("what was decided, not what would have been")
                    .isEqualTo(Decision.DENY);
            assertThat(house.last().getSentence()).contains("is only recorded", "at level 4 it would be done alone");
            propose(house, 2);
            assertThat(house.statuses()).as("the same again is no news").isEmpty();
            assertThat(house.executions()).isEmpty();
        }
    }

    @Test
    void whenTheLevelIsRaisedTheNextAnswerIsActedOn() {
        try (AdmissionHouse house = new AdmissionHouse(Stories.inventory(2), Profile.CAUTIOUS)) {
            propose(house, 1);
            assertThat(house.statuses()).containsExactly(PROPOSED, SHADOWED);
            house.send(ControlSignature.sign(
                    house.draft(ControlKind.SET_LEVEL, Stories.INVENTORY, null, "alice")
                            .setArguments(Map.of("level", "4"))
                            .build(),
                    house.alice));
            propose(house, 2);
            assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
            assertThat(house.last().getShadow()).isFalse();
        }
    }

    @Test
    void atLevelThreeTheQuestionSaysThatItWouldBeDoneAlone() {
        try (AdmissionHouse house = new AdmissionHouse(Stories.inventory(3), Profile.CAUTIOUS)) {
            propose(house, 1);
            assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
            assertThat(house.last().getVerdict().getReasons()).endsWith("at level 4 it would be done alone");
        }
    }

    @Test
    void whatIsRefusedForAnotherReasonTooIsNotShadowed() {
        try (AdmissionHouse house = new AdmissionHouse(Stories.inventory(2), Profile.CAUTIOUS)) {
            house.send(house.control(ControlKind.HANDS_OFF, Stories.INVENTORY, null, "alice", house.alice));
            propose(house, 1);
            assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        }
    }

    @Test
    void withoutShadowALevelThatDoesNothingRefuses() {
        try (AdmissionHouse house = new AdmissionHouse(Stories.inventory(2), Profile.STANDARD)) {
            propose(house, 1);
            assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
        }
    }
}
