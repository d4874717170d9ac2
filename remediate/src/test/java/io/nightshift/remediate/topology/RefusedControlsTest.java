package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.GuardSettings;
import io.nightshift.remediate.domain.PolicyChange;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.stream.DeadLetterCount;
import io.nightshift.runtime.stream.DeadLetters;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What nobody signed who may say it does nothing, is counted, and goes to the dead letters with its reason. */
class RefusedControlsTest {

    private static final String NOT_SIGNED = "its signature is not one of a trusted key";

    private AdmissionHouse house = new AdmissionHouse(Stories.inventory(4));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        house.close();
    }

    private void atLevel(int level) {
        house.close();
        house = new AdmissionHouse(Stories.inventory(level));
    }

    /** Ways in which words are made to look like a person's. */
    enum Forgery {
        UNSIGNED,
        A_STRANGERS,
        CHANGED_AFTERWARDS;

        ControlRecord of(ControlRecord.Builder draft, SigningKey key) {
            return switch (this) {
                case UNSIGNED -> draft.build();
                case A_STRANGERS -> ControlSignature.sign(draft.build(), SigningKey.generate());
                case CHANGED_AFTERWARDS ->
                    ControlRecord.newBuilder(ControlSignature.sign(draft.build(), key))
                            .setReason("another")
                            .build();
            };
        }

        HaltRecord of(HaltRecord record, SigningKey key) {
            return switch (this) {
                case UNSIGNED -> record;
                case A_STRANGERS -> ControlSignature.sign(record, SigningKey.generate());
                case CHANGED_AFTERWARDS ->
                    HaltRecord.newBuilder(ControlSignature.sign(record, key))
                            .setReason("another")
                            .build();
            };
        }
    }

    private ControlRecord.Builder draft(ControlKind kind) {
        return house.draft(kind, Stories.INVENTORY, null, "alice");
    }

    private ActionEvent proposed() {
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-1", "inc-1").build());
        house.statuses();
        return house.last();
    }

    private void assertBuried(ControlRecord control, String why) {
        TestRecord<byte[], byte[]> letter = assertBuried(house.topics.controls().name(), why);
        assertThat(house.topics.controls().value().deserializer().deserialize("controls", letter.value()))
                .isEqualTo(control);
        assertThat(header(letter, DeadLetters.SOURCE_KEY)).isEqualTo(control.getSubject());
    }

    private TestRecord<byte[], byte[]> assertBuried(String topic, String why) {
        var letters = house.deadLetters();
        assertThat(letters).hasSize(1);
        TestRecord<byte[], byte[]> letter = letters.get(0);
        assertThat(text(letter.key())).isEqualTo(topic);
        assertThat(header(letter, DeadLetters.SOURCE_TOPIC)).isEqualTo(topic);
        assertThat(header(letter, DeadLetters.REASON)).contains(why);
        assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("admission");
        assertThat(house.meters
                        .get(DeadLetterCount.METRIC)
                        .tags("stage", "admission", "topic", topic)
                        .counter()
                        .count())
                .isEqualTo(1);
        return letter;
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return text(letter.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedHandsOffLocksNothing(Forgery forgery) {
        ControlRecord forged = forgery.of(draft(ControlKind.HANDS_OFF), house.alice);
        house.send(forged);
        assertThat(proposed().getStatus()).isEqualTo(ALLOWED);
        assertBuried(forged, NOT_SIGNED);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedHandsOnLiftsNothing(Forgery forgery) {
        house.send(house.control(ControlKind.HANDS_OFF, Stories.INVENTORY, null, "alice", house.alice));
        ControlRecord forged = forgery.of(draft(ControlKind.HANDS_ON), house.alice);
        house.send(forged);
        assertThat(proposed().getStatus()).isEqualTo(DENIED);
        assertThat(house.last().getVerdict().getRules()).containsExactly("hands-off");
        assertBuried(forged, NOT_SIGNED);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedLevelIsNotSet(Forgery forgery) {
        atLevel(2);
        ControlRecord forged = forgery.of(draft(ControlKind.SET_LEVEL).setArguments(Map.of("level", "5")), house.alice);
        house.send(forged);
        assertThat(proposed().getStatus()).isEqualTo(DENIED);
        assertThat(house.last().getVerdict().getLevel()).isEqualTo(2);
        assertBuried(forged, NOT_SIGNED);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedApprovalAndAForgedDenialAnswerNothing(Forgery forgery) {
        atLevel(3);
        ActionEvent asked = proposed();
        assertThat(asked.getStatus()).isEqualTo(AWAITING_APPROVAL);
        ControlRecord forged = forgery.of(
                house.draft(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice"), house.alice);
        house.send(forged);
        assertBuried(forged, NOT_SIGNED);
        house.send(forgery.of(
                house.draft(ControlKind.DENY, asked.getActionId(), asked.getPlanHash(), "alice"), house.alice));
        assertThat(house.deadLetters()).hasSize(1);
        assertThat(house.statuses()).isEmpty();
        assertThat(house.executions()).isEmpty();
        house.send(house.control(ControlKind.APPROVE, asked.getActionId(), asked.getPlanHash(), "alice", house.alice));
        assertThat(house.statuses()).as("the question still stood").containsExactly(ALLOWED);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedPolicyChangeChangesNothing(Forgery forgery) {
        String nothing = "@id(\"nothing\") forbid (principal, action, resource);";
        String base = PolicyText.cautious().load().version();
        ControlRecord proposal = ControlSignature.sign(
                house.draft(ControlKind.POLICY_CHANGE, PolicyChange.SUBJECT, null, "alice")
                        .setArguments(PolicyChange.proposal(base, base, nothing))
                        .build(),
                house.alice);
        house.send(proposal);
        ControlRecord forged = forgery.of(
                house.draft(
                                ControlKind.POLICY_CHANGE,
                                PolicyChange.SUBJECT,
                                new PolicyText("p", nothing).load().version(),
                                "bob")
                        .setArguments(PolicyChange.approval(base, base, proposal.getId())),
                house.bob);
        house.send(forged);
        assertThat(proposed().getStatus()).isEqualTo(ALLOWED);
        assertBuried(forged, "only a person with a trusted key changes the policy");
    }

    @ParameterizedTest
    @EnumSource
    void aForgedResumeLiftsNeitherAHaltNorAFreeze(Forgery forgery) {
        house.halt(forgery == Forgery.UNSIGNED ? HaltMode.FREEZE : HaltMode.HALT, null);
        HaltRecord forged = forgery.of(house.haltRecord(HaltMode.RESUME), house.alice);
        house.send(forged);
        assertThat(proposed().getStatus()).isEqualTo(DENIED);
        assertThat(house.last().getVerdict().getRules()).containsExactly("halt");
        TestRecord<byte[], byte[]> letter = assertBuried(house.topics.halt().name(), NOT_SIGNED);
        assertThat(house.topics.halt().value().deserializer().deserialize("halt", letter.value()))
                .isEqualTo(forged);
    }

    @Test
    void whatIsAPersonsToSayIsNotSaidByAService() {
        house.close();
        house = new AdmissionHouse(Stories.inventory(2), GuardSettings.defaults(), this::personAndService);
        ControlRecord level = ControlSignature.sign(
                draft(ControlKind.SET_LEVEL)
                        .setArguments(Map.of("level", "5"))
                        .setActor("robot")
                        .build(),
                house.bob);
        house.send(level);
        assertBuried(level, "only a person sets a level");
        house.halt(HaltMode.HALT, null);
        house.halt(HaltMode.RESUME, house.bob);
        assertBuried(house.topics.halt().name(), "only a person resumes");
        assertThat(proposed().getVerdict().getRules()).contains("halt", "autonomy-level");
    }

    private TrustedKeys personAndService(SigningKey[] keys) {
        try {
            Files.writeString(folder.resolve("person" + TrustedKeys.SUFFIX), keys[0].publicPem());
            Files.writeString(folder.resolve("robot" + TrustedKeys.SERVICE_SUFFIX), keys[1].publicPem());
            return TrustedKeys.read(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLevelThatIsNoneIsRefused() {
        ControlRecord none = ControlSignature.sign(
                draft(ControlKind.SET_LEVEL).setArguments(Map.of("level", "9")).build(), house.alice);
        house.send(none);
        assertBuried(none, "the level must be 1 to 5");
        assertThat(proposed().getVerdict().getLevel()).isEqualTo(4);
    }

    @Test
    void aCopyOfAnEarlierResumeIsToldToo() {
        house.halt(HaltMode.RESUME, house.alice);
        assertThat(house.deadLetters()).isEmpty();
        house.halt(HaltMode.RESUME, house.alice);
        assertBuried(house.topics.halt().name(), "not later than the last resume");
    }

    @Test
    void whatAPersonSaidThatCountsIsNoDeadLetter() {
        house.send(house.control(ControlKind.HANDS_OFF, Stories.INVENTORY, null, "alice", house.alice));
        house.send(house.control(ControlKind.HANDS_ON, Stories.INVENTORY, null, "alice", house.alice));
        assertThat(proposed().getStatus()).isEqualTo(ALLOWED);
        assertThat(house.deadLetters()).isEmpty();
    }
}
