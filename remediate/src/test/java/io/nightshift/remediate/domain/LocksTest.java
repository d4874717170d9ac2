package io.nightshift.remediate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocksTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String TARGET = "demo/shop/inventory";

    private final SigningKey alice = SigningKey.generate();
    private final SigningKey robot = SigningKey.generate();
    private Locks locks;

    @TempDir
    Path folder;

    @BeforeEach
    void keys() throws Exception {
        Files.writeString(folder.resolve("alice" + TrustedKeys.SUFFIX), alice.publicPem());
        Files.writeString(folder.resolve("robot" + TrustedKeys.SERVICE_SUFFIX), robot.publicPem());
        locks = new Locks(TrustedKeys.read(folder));
    }

    private static ControlRecord control(ControlKind kind, Duration validFor, SigningKey key) {
        return ControlSignature.sign(
                ControlRecord.newBuilder()
                        .setId(UUID.randomUUID().toString())
                        .setKind(kind)
                        .setSubject(TARGET)
                        .setActor("somebody")
                        .setPerson(true)
                        .setAt(NOON)
                        .setExpiresAt(NOON.plus(validFor))
                        .setReason("why")
                        .build(),
                key);
    }

    private Instant until() {
        return locks.on(TARGET, NOON).map(Lock::until).orElse(NOON);
    }

    @Test
    void aServiceMayLockAndLockForLongerButOnlyAPersonShortensOrLifts() {
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofHours(2), alice), NOON);
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofSeconds(1), robot), NOON);
        locks.hear(control(ControlKind.HANDS_ON, Duration.ofHours(1), robot), NOON);
        assertThat(until()).isEqualTo(NOON.plus(Duration.ofHours(2)));
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofHours(3), robot), NOON);
        assertThat(until()).isEqualTo(NOON.plus(Duration.ofHours(3)));
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofHours(1), alice), NOON);
        assertThat(until()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        locks.hear(control(ControlKind.HANDS_ON, Duration.ofHours(1), alice), NOON);
        assertThat(locks.on(TARGET, NOON)).isEmpty();
    }

    @Test
    void whatNoTrustedKeySignedNeitherLocksNorLifts() {
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofHours(1), SigningKey.generate()), NOON);
        assertThat(locks.on(TARGET, NOON)).isEmpty();
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofHours(1), alice), NOON);
        locks.hear(control(ControlKind.HANDS_ON, Duration.ofHours(1), SigningKey.generate()), NOON);
        assertThat(locks.on(TARGET, NOON)).isPresent();
    }

    @Test
    void aLockEndsByItselfAndAfterThirtyDaysAtTheLatest() {
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofHours(1), alice), NOON);
        assertThat(locks.on(TARGET, NOON.plus(Duration.ofHours(1)))).isEmpty();
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofDays(300), alice), NOON);
        assertThat(until()).isEqualTo(NOON.plus(Duration.ofDays(30)));
    }

    @Test
    void whatLiftedALockInItsTimeLiftedItForGoodAndLiftsNoOther() {
        ControlRecord lift = control(ControlKind.HANDS_ON, Duration.ofMinutes(5), alice);
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofHours(2), alice), NOON);
        locks.hear(lift, NOON.plusSeconds(1));
        assertThat(locks.on(TARGET, NOON.plus(Duration.ofHours(1)))).isEmpty();
        locks.hear(control(ControlKind.HANDS_OFF, Duration.ofHours(2), alice), NOON.plusSeconds(2));
        locks.hear(lift, NOON.plusSeconds(3));
        assertThat(locks.on(TARGET, NOON.plusSeconds(4))).isPresent();
        locks.hear(control(ControlKind.HANDS_ON, Duration.ofMinutes(5), alice), NOON.plus(Duration.ofMinutes(5)));
        assertThat(locks.on(TARGET, NOON.plus(Duration.ofMinutes(6)))).isPresent();
    }
}
