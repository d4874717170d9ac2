package io.nightshift.oversee.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.oversee.domain.view.ConsoleView;
import io.nightshift.oversee.story.LeakStory;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console makes of a word that several people may say: that a halt is over, that an incident is revoked. */
class TrustedWordsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final SigningKey alice = SigningKey.generate();
    private final SigningKey bob = SigningKey.generate();
    private final SigningKey robot = SigningKey.generate();
    private ConsoleView view;

    @TempDir
    Path trusted;

    @BeforeEach
    void trust() throws Exception {
        Files.writeString(trusted.resolve("alice" + TrustedKeys.SUFFIX), alice.publicPem());
        Files.writeString(trusted.resolve("bob" + TrustedKeys.SUFFIX), bob.publicPem());
        Files.writeString(trusted.resolve("robot" + TrustedKeys.SERVICE_SUFFIX), robot.publicPem());
        view = new ConsoleView(new TrustedWords(TrustedKeys.read(trusted)));
    }

    private String after(HaltMode mode, Instant at, SigningKey key) {
        view.accept(ControlSignature.sign(
                HaltRecord.newBuilder()
                        .setMode(mode)
                        .setActor("somebody")
                        .setAt(at)
                        .build(),
                key));
        return view.state(NOON).halt().mode();
    }

    @Test
    void anyTrustedPersonsResumeCountsAndNobodyElses() {
        for (SigningKey person : new SigningKey[] {alice, bob}) {
            assertThat(after(HaltMode.HALT, NOON, alice)).isEqualTo("halted");
            assertThat(after(HaltMode.RESUME, NOON.plusSeconds(60), robot)).isEqualTo("halted");
            assertThat(after(HaltMode.RESUME, NOON.plusSeconds(60), SigningKey.generate()))
                    .isEqualTo("halted");
            Instant at = NOON.plusSeconds(person == alice ? 1 : 2);
            assertThat(after(HaltMode.RESUME, at, person)).isEqualTo("running");
        }
    }

    @Test
    void aCopyOfAnEarlierResumeLiftsNoLaterHaltAndAHaltNoFreeze() {
        after(HaltMode.HALT, NOON, alice);
        assertThat(after(HaltMode.RESUME, NOON.plusSeconds(1), alice)).isEqualTo("running");
        assertThat(after(HaltMode.FREEZE, NOON.plusSeconds(2), alice)).isEqualTo("frozen");
        assertThat(after(HaltMode.HALT, NOON.plusSeconds(3), alice)).isEqualTo("frozen");
        assertThat(after(HaltMode.RESUME, NOON.plusSeconds(1), alice)).isEqualTo("frozen");
        assertThat(after(HaltMode.RESUME, NOON.plusSeconds(4), alice)).isEqualTo("running");
    }

    private void revoke(String incident, SigningKey key) {
        view.accept(ControlSignature.sign(
                ControlRecord.newBuilder()
                        .setId("revoke-" + incident)
                        .setKind(ControlKind.REVOKE)
                        .setSubject(incident)
                        .setActor("somebody")
                        .setPerson(true)
                        .setAt(NOON)
                        .setReason("planted")
                        .build(),
                key));
    }

    @Test
    void onlyATrustedPersonRevokesAnIncident() {
        new LeakStory("inc-1", NOON).incidents().forEach(view::accept);
        revoke("inc-1", SigningKey.generate());
        revoke("inc-1", robot);
        assertThat(view.file("inc-1").orElseThrow().revocation()).isEmpty();
        revoke("inc-1", bob);
        assertThat(view.file("inc-1").orElseThrow().revocation())
                .hasValueSatisfying(word -> assertThat(word.getReason()).isEqualTo("planted"));
    }
}
