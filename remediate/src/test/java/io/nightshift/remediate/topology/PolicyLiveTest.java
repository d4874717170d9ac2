package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.PolicyChange;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.remediate.policy.Profile;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy changes while admission runs, and people answer by its rules. */
class PolicyLiveTest {

    private static final String CAUTIOUS = version(Profile.CAUTIOUS.policy().text());
    private static final String NOTHING = "@id(\"nothing\") forbid (principal, action, resource);";

    private AdmissionHouse house = new AdmissionHouse(Stories.inventory(4));

    @AfterEach
    void close() {
        house.close();
    }

    private void open(int level, Profile profile) {
        house.close();
        house = new AdmissionHouse(Stories.inventory(level), profile);
    }

    private static String version(String text) {
        return new PolicyText("p", text).load().version();
    }

    private ActionEvent proposed() {
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-1", "inc-1").build());
        house.statuses();
        return house.last();
    }

    private ControlRecord change(String actor, SigningKey key, Map<String, String> arguments, String hash) {
        return ControlSignature.sign(
                house.draft(ControlKind.POLICY_CHANGE, PolicyChange.SUBJECT, hash, actor)
                        .setArguments(arguments)
                        .build(),
                key);
    }

    /** Alice proposes it and bob approves it. */
    private void change(String text) {
        ControlRecord proposal = change("alice", house.alice, PolicyChange.proposal(CAUTIOUS, CAUTIOUS, text), null);
        house.send(proposal);
        house.send(
                change("bob", house.bob, PolicyChange.approval(CAUTIOUS, CAUTIOUS, proposal.getId()), version(text)));
    }

    private void approve(ActionEvent asked, String actor, SigningKey key) {
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), actor, key));
    }

    @Test
    void aPolicyThatASecondPersonApprovedIsInForceAtOnce() {
        change(Profile.REGULATED.policy().text());
        ActionEvent asked = proposed();
        assertThat(asked.getStatus()).isEqualTo(AWAITING_APPROVAL);
        assertThat(asked.getVerdict().getRules()).containsExactly("policy:a-person-approves-every-effect");
        assertThat(asked.getVerdict().getPolicyVersion())
                .isEqualTo(version(Profile.REGULATED.policy().text()));
    }

    @Test
    void oneHandAloneChangesNothing() {
        ControlRecord proposal = change("alice", house.alice, PolicyChange.proposal(CAUTIOUS, CAUTIOUS, NOTHING), null);
        house.send(proposal);
        house.send(change(
                "alicia", house.alice, PolicyChange.approval(CAUTIOUS, CAUTIOUS, proposal.getId()), version(NOTHING)));
        assertThat(proposed().getStatus()).isEqualTo(ALLOWED);
    }

    @Test
    void aPendingQuestionIsJudgedAnewUnderTheNewPolicy() {
        open(3, Profile.CAUTIOUS);
        assertThat(proposed().getStatus()).isEqualTo(AWAITING_APPROVAL);
        change(Profile.REGULATED.policy().text());
        assertThat(house.statuses()).containsExactly(AWAITING_APPROVAL);
        assertThat(house.last().getVerdict().getPolicyVersion())
                .isEqualTo(version(Profile.REGULATED.policy().text()));
        assertThat(house.last().getSentence()).contains("The policy has changed", "still waits");
    }

    @Test
    void whatANewPolicyForbidsIsNotAskedAboutAnyMore() {
        open(3, Profile.CAUTIOUS);
        ActionEvent asked = proposed();
        change(NOTHING);
        assertThat(house.statuses()).containsExactly(DENIED);
        assertThat(house.last().getVerdict().getRules()).containsExactly("policy:nothing");
        approve(asked, "bob", house.bob);
        assertThat(house.statuses()).isEmpty();
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void underARegulatedPolicyWhoAskedForItDoesNotApproveIt() {
        open(5, Profile.REGULATED);
        house.send(Stories.incident("inc-1").build());
        house.send(house.control(ControlKind.INVESTIGATE, "inc-1", null, "alice", house.alice));
        ActionEvent asked = proposed();
        assertThat(asked.getStatus()).isEqualTo(AWAITING_APPROVAL);
        approve(asked, "alice", house.alice);
        assertThat(house.statuses()).containsExactly(AWAITING_APPROVAL);
        assertThat(house.last().getSentence()).contains("who asked for it", "does not approve it");
        approve(asked, "bob", house.bob);
        assertThat(house.statuses()).containsExactly(ALLOWED);
        assertThat(house.last().getVerdict().getApprovals()).containsExactly("bob");
    }

    @Test
    void underARegulatedPolicyWhoRaisedTheLevelDoesNotApproveWhatRestsOnIt() {
        open(2, Profile.REGULATED);
        house.send(setLevel(Map.of("level", "3")));
        ActionEvent asked = proposed();
        approve(asked, "alice", house.alice);
        assertThat(house.statuses()).containsExactly(AWAITING_APPROVAL);
        approve(asked, "bob", house.bob);
        assertThat(house.statuses()).containsExactly(ALLOWED);
    }

    @Test
    void theNarrowestLevelCounts() {
        house.send(setLevel(Map.of("level", "5")));
        house.send(setLevel(Map.of("level", "1", "action", "RESTART")));
        house.send(setLevel(Map.of("level", "3", "cause", "MEMORY_LEAK")));
        assertThat(proposed().getVerdict().getLevel())
                .as("for the cause, though the service is at 5")
                .isEqualTo(3);
        open(4, Profile.CAUTIOUS);
        house.send(setLevel(Map.of("level", "5", "action", "ROLLING_RESTART", "cause", "MEMORY_LEAK")));
        house.send(setLevel(Map.of("level", "2", "action", "ROLLING_RESTART")));
        assertThat(proposed().getVerdict().getLevel()).isEqualTo(5);
        open(4, Profile.CAUTIOUS);
        house.send(setLevel(Map.of("level", "3", "action", "ROLLING_RESTART")));
        house.send(setLevel(Map.of("level", "5", "cause", "MEMORY_LEAK")));
        assertThat(proposed().getVerdict().getLevel())
                .as("the lower where two are as narrow")
                .isEqualTo(3);
    }

    @Test
    void aLevelForAnActionThatDoesNotExistIsNotSet() {
        house.send(setLevel(Map.of("level", "1", "action", "REFORMAT")));
        assertThat(proposed().getVerdict().getLevel()).isEqualTo(4);
    }

    private ControlRecord setLevel(Map<String, String> arguments) {
        return ControlSignature.sign(
                house.draft(ControlKind.SET_LEVEL, Stories.INVENTORY, null, "alice")
                        .setArguments(arguments)
                        .build(),
                house.alice);
    }
}
