package io.nightshift.schemas.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSignatureTest {

    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

    private final SigningKey alice = SigningKey.generate();
    private final TrustedKeys trusted = TrustedKeys.of(alice);

    @TempDir
    Path folder;

    @Test
    void aSignedControlIsVerifiedAndSurvivesAvro() throws IOException {
        ControlRecord signed = ControlSignature.sign(approval(), alice);
        ControlRecord travelled = ControlRecord.fromByteBuffer(signed.toByteBuffer());
        assertThat(ControlSignature.verifyPerson(travelled, trusted)).isTrue();
    }

    @Test
    void aChangeOfAnyFieldBreaksTheSignature() {
        ControlRecord signed = ControlSignature.sign(approval(), alice);
        assertBroken(signed, b -> b.setId("other"));
        assertBroken(signed, b -> b.setKind(ControlKind.DENY));
        assertBroken(signed, b -> b.setSubject("act-2"));
        assertBroken(signed, b -> b.setPlanHash("beef"));
        assertBroken(signed, b -> b.setPlanHash(null));
        assertBroken(signed, b -> b.setActor("mallory"));
        assertBroken(signed, b -> b.setAt(AT.plusMillis(1)));
        assertBroken(signed, b -> b.setExpiresAt(null));
        assertBroken(signed, b -> b.setReason(""));
        assertBroken(signed, b -> b.setArguments(Map.of("level", "5")));
        assertBroken(signed, b -> b.setChannel("console"));
        assertBroken(signed, b -> b.setPerson(false));
        assertBroken(signed, b -> b.setSignature(ByteBuffer.wrap(new byte[64])));
    }

    @Test
    void aStrangersSignatureDoesNotCount() {
        ControlRecord forged = ControlSignature.sign(approval(), SigningKey.generate());
        assertThat(ControlSignature.verify(forged, trusted)).isFalse();
        ControlRecord claimed =
                ControlRecord.newBuilder(forged).setKeyId(alice.keyId()).build();
        assertThat(ControlSignature.verify(claimed, trusted)).isFalse();
    }

    @Test
    void aServiceAccountIsNeverAPersonWhateverItClaims() throws IOException {
        Files.writeString(folder.resolve("ci.service.pub"), alice.publicPem());
        TrustedKeys keys = TrustedKeys.read(folder);
        ControlRecord signed = ControlSignature.sign(approval(), alice);
        assertThat(ControlSignature.verify(signed, keys)).isTrue();
        assertThat(ControlSignature.verifyPerson(signed, keys)).isFalse();
    }

    @Test
    void aHaltRecordIsSignedAlike() {
        HaltRecord resume = HaltRecord.newBuilder()
                .setMode(HaltMode.RESUME)
                .setActor("alice")
                .setAt(AT)
                .build();
        HaltRecord signed = ControlSignature.sign(resume, alice);
        assertThat(ControlSignature.verify(signed, trusted)).isTrue();
        assertThat(ControlSignature.verify(
                        HaltRecord.newBuilder(signed).setAt(AT.plusMillis(1)).build(), trusted))
                .isFalse();
        assertThat(ControlSignature.verify(resume, trusted)).isFalse();
    }

    @Test
    void aKeyFileIsForItsOwnerOnlyAndReadsBack() throws IOException {
        Path file = folder.resolve("alice.key");
        Path pub = folder.resolve("trusted/alice.pub");
        SigningKey created = SigningKey.readOrCreate(file, pub);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.readOrCreate(file, pub).keyId()).isEqualTo(created.keyId());
        ControlRecord signed = ControlSignature.sign(approval(), SigningKey.read(file));
        assertThat(ControlSignature.verifyPerson(signed, TrustedKeys.read(pub.getParent())))
                .isTrue();
    }

    @Test
    void aFileThatHoldsNoKeyIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.pub"), "no key");
        assertThatThrownBy(() -> TrustedKeys.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bad.pub");
    }

    private void assertBroken(ControlRecord signed, UnaryOperator<ControlRecord.Builder> change) {
        ControlRecord changed = change.apply(ControlRecord.newBuilder(signed)).build();
        assertThat(ControlSignature.verify(changed, trusted)).isFalse();
    }

    private static ControlRecord approval() {
        return ControlRecord.newBuilder()
                .setId("c-1")
                .setKind(ControlKind.APPROVE)
                .setSubject("act-1")
                .setPlanHash("cafe")
                .setActor("alice")
                .setPerson(true)
                .setAt(AT)
                .setExpiresAt(AT.plusSeconds(60))
                .setReason("looks right")
                .setChannel("cli")
                .build();
    }
}
