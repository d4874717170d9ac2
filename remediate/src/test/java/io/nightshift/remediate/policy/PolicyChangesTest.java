package io.nightshift.remediate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.remediate.domain.NoteBook;
import io.nightshift.remediate.domain.PolicyChange;
import io.nightshift.remediate.domain.PolicyChanges;
import io.nightshift.remediate.domain.PolicyException;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PolicyChangesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String BASE = version(Profile.CAUTIOUS);
    private static final String STANDARD = Profile.STANDARD.policy().text();
    private static final String REGULATED = Profile.REGULATED.policy().text();

    private final SigningKey alice = SigningKey.generate();
    private final SigningKey bob = SigningKey.generate();
    private final Notes notes = new Notes();
    private final List<ControlRecord> said = new ArrayList<>();
    private PolicyChanges changes = PolicyText.changes(Profile.CAUTIOUS.policy().load(), TrustedKeys.of(alice, bob));

    private static final class Notes extends HashMap<String, String> implements NoteBook {

        private static final long serialVersionUID = 1L;

        @Override
        public Optional<String> note(String key) {
            return Optional.ofNullable(get(key));
        }

        @Override
        public void note(String key, String value) {
            put(key, value);
        }

        @Override
        public void forgetNote(String key) {
            remove(key);
        }
    }

    private static String version(Profile profile) {
        return profile.policy().load().version();
    }

    private static ControlRecord record(String actor, SigningKey key, Map<String, String> arguments, String hash) {
        return ControlSignature.sign(
                ControlRecord.newBuilder()
                        .setId(UUID.randomUUID().toString())
                        .setKind(ControlKind.POLICY_CHANGE)
                        .setSubject(PolicyChange.SUBJECT)
                        .setPlanHash(hash)
                        .setActor(actor)
                        .setPerson(true)
                        .setAt(NOW)
                        .setExpiresAt(NOW.plus(Duration.ofDays(1)))
                        .setArguments(arguments)
                        .build(),
                key);
    }

    private PolicyChanges.Heard hear(ControlRecord record, Instant at) {
        said.add(record);
        return changes.hear(record, at, notes);
    }

    private ControlRecord proposal(String from, String text) {
        ControlRecord record = record("alice", alice, PolicyChange.proposal(BASE, from, text), null);
        assertThat(hear(record, NOW).isRefused()).isFalse();
        return record;
    }

    private static ControlRecord approval(ControlRecord proposal, String actor, SigningKey key, String hash) {
        String from = proposal.getArguments().get("from");
        return record(actor, key, PolicyChange.approval(BASE, from, proposal.getId()), hash);
    }

    private void change(String from, Profile to) {
        ControlRecord proposal = proposal(from, to.policy().text());
        assertThat(hear(approval(proposal, "bob", bob, version(to)), NOW).inForce())
                .isTrue();
    }

    private void assertRefused(ControlRecord record, Instant at, String why) {
        PolicyChanges.Heard heard = hear(record, at);
        assertThat(heard.isRefused()).isTrue();
        assertThat(heard.words()).contains(why);
        assertThat(changes.version(notes)).isEqualTo(BASE);
    }

    @Test
    void aProposalIsInForceOnceASecondPersonApprovedExactlyItsText() {
        ControlRecord proposal = proposal(BASE, STANDARD);
        assertThat(changes.version(notes)).as("only proposed").isEqualTo(BASE);
        assertThat(changes.open(notes)).get().satisfies(open -> assertThat(open.actor())
                .isEqualTo("alice"));
        assertRefused(approval(proposal, "bob", bob, version(Profile.REGULATED)), NOW, "bound to another text");
        assertRefused(approval(proposal, "bob", bob, null), NOW, "bound to another text");
        assertThat(hear(approval(proposal, "bob", bob, version(Profile.STANDARD)), NOW)
                        .inForce())
                .isTrue();
        assertThat(changes.version(notes)).isEqualTo(version(Profile.STANDARD));
        assertThat(changes.text(notes)).contains(STANDARD);
        assertThat(changes.open(notes)).isEmpty();
    }

    @Test
    void onePersonIsNotTwoByAnotherNameOrKey() {
        ControlRecord proposal = proposal(BASE, STANDARD);
        assertRefused(approval(proposal, "alicia", alice, version(Profile.STANDARD)), NOW, "a second person must");
        assertRefused(approval(proposal, "alice", bob, version(Profile.STANDARD)), NOW, "a second person must");
    }

    @Test
    void onlyAPersonsTrustedKeyCounts() {
        Map<String, String> arguments = PolicyChange.proposal(BASE, BASE, STANDARD);
        assertRefused(record("mallory", SigningKey.generate(), arguments, null), NOW, "only a person");
        ControlRecord assistant = ControlSignature.sign(
                ControlRecord.newBuilder(record("alice", alice, arguments, null))
                        .setPerson(false)
                        .build(),
                alice);
        assertRefused(assistant, NOW, "only a person");
        ControlRecord proposal = proposal(BASE, STANDARD);
        assertRefused(
                approval(proposal, "mallory", SigningKey.generate(), version(Profile.STANDARD)), NOW, "only a person");
    }

    @Test
    void whatExpiredOrWasUsedDoesNotCount() {
        ControlRecord proposal = proposal(BASE, STANDARD);
        ControlRecord approval = approval(proposal, "bob", bob, version(Profile.STANDARD));
        assertRefused(approval, NOW.plus(Duration.ofDays(1)), "it has expired");
        assertThat(hear(approval, NOW).inForce()).isTrue();
        change(version(Profile.STANDARD), Profile.CAUTIOUS);
        assertRefused(proposal, NOW, "used before");
        assertRefused(approval, NOW, "used before");
    }

    @Test
    void aProposalOnAnotherPolicyThanTheOneInForceIsStale() {
        ControlRecord old = proposal(BASE, STANDARD);
        ControlRecord newer = proposal(BASE, REGULATED);
        assertRefused(approval(old, "bob", bob, version(Profile.STANDARD)), NOW, "another one has taken its place");
        assertThat(hear(approval(newer, "bob", bob, version(Profile.REGULATED)), NOW)
                        .inForce())
                .isTrue();
        PolicyChanges.Heard stale =
                hear(record("alice", alice, PolicyChange.proposal(BASE, BASE, STANDARD), null), NOW);
        assertThat(stale.words()).contains("another policy is in force since");
        assertThat(changes.version(notes)).isEqualTo(version(Profile.REGULATED));
    }

    @Test
    void anUnsoundProposalIsRefusedAndTheLastGoodPolicyStays() {
        for (String text : List.of("permit (", "@id(\"all\") permit (principal, action, resource);")) {
            assertRefused(
                    record("alice", alice, PolicyChange.proposal(BASE, BASE, text), null),
                    NOW,
                    "the proposed policy:1: ");
        }
        assertThatThrownBy(() -> PolicyChange.proposal(BASE, BASE, "x".repeat(PolicyChange.MOST_BYTES + 1)))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("name the file under remediate.policy");
    }

    @Test
    void whoeverReadsTheTopicAnewComesToTheSamePolicy() {
        change(BASE, Profile.STANDARD);
        change(version(Profile.STANDARD), Profile.CAUTIOUS);
        change(BASE, Profile.REGULATED);
        Notes anew = new Notes();
        said.forEach(record -> changes.hear(record, NOW, anew));
        assertThat(changes.version(anew)).isEqualTo(changes.version(notes)).isEqualTo(version(Profile.REGULATED));
        assertThat(anew).isEqualTo(notes);
    }

    @Test
    void anotherConfiguredPolicyHasChangesOfItsOwn() {
        change(BASE, Profile.REGULATED);
        changes = PolicyText.changes(Profile.STANDARD.policy().load(), TrustedKeys.of(alice, bob));
        assertThat(changes.version(notes)).isEqualTo(version(Profile.STANDARD));
        assertThat(changes.hear(record("alice", alice, PolicyChange.proposal(BASE, BASE, STANDARD), null), NOW, notes)
                        .words())
                .contains("not about the policy that is configured here");
        changes = PolicyText.changes(Profile.CAUTIOUS.policy().load(), TrustedKeys.of(alice, bob));
        assertThat(changes.version(notes)).as("configured again").isEqualTo(version(Profile.REGULATED));
    }
}
