package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.PeopleDid;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.policy.Profile;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether people then did what was only recorded, as change events tell; nothing is decided on that. */
class ShadowAnswerTest {

    private AdmissionHouse house;

    @BeforeEach
    void open() {
        house = new AdmissionHouse(Stories.inventory(2), Profile.CAUTIOUS);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void rollBackIsRecorded() {
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-1", "inc-1")
                .setProposal(Stories.rollback().build())
                .build());
        assertThat(house.statuses()).containsExactly(PROPOSED, SHADOWED);
        house.advance(Duration.ofSeconds(5));
    }

    private static ChangeEvent.Builder change(ChangeKind kind, String version, Instant at) {
        return ChangeEvent.newBuilder()
                .setId(kind + "-" + at)
                .setSource("/pipelines")
                .setService(ServiceKey.parse(Stories.INVENTORY).entity())
                .setKind(kind)
                .setTimeMicros(TimeUnit.MILLISECONDS.toMicros(at.toEpochMilli()))
                .setVersion(version)
                .setActor("kim");
    }

    private void resolve() {
        house.send(Stories.incident("inc-1")
                .setVersion(2)
                .setPhase(IncidentPhase.RESOLVED)
                .setUpdatedAt(house.now())
                .build());
    }

    @ParameterizedTest
    @CsvSource({"ROLLBACK,1.4.1", "ROLLBACK,", "DEPLOYMENT,1.4.1"})
    void thePlannedReleaseComingBackIsTheSame(ChangeKind kind, String version) {
        rollBackIsRecorded();
        house.send(change(kind, version, house.now()).build());
        assertThat(house.statuses()).containsExactly(SHADOWED);
        ActionEvent told = house.last();
        assertThat(told.getPeopleDid()).isEqualTo(PeopleDid.THE_SAME);
        assertThat(told.getShadow()).isTrue();
        assertThat(told.getSentence()).contains("which nobody signed, people did the same", "by 'kim'");
        house.send(change(kind, version, house.now()).setId("again").build());
        resolve();
        assertThat(house.statuses()).as("it is told once").isEmpty();
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void anotherChangeIsOtherwiseOnceTheIncidentIsOver() {
        rollBackIsRecorded();
        house.send(change(ChangeKind.DEPLOYMENT, "1.4.3", house.now()).build());
        assertThat(house.statuses())
                .as("the incident goes on, and so may people")
                .isEmpty();
        resolve();
        assertThat(house.statuses()).containsExactly(SHADOWED);
        assertThat(house.last().getPeopleDid()).isEqualTo(PeopleDid.OTHERWISE);
        assertThat(house.last().getSentence()).contains("something else: deployment to '1.4.3' by 'kim'");
    }

    @Test
    void whereNothingIsToldNothingIsSaid() {
        rollBackIsRecorded();
        resolve();
        assertThat(house.statuses()).isEmpty();
    }

    @Test
    void aChangeBeforeItOrLongAfterItOrOfAnotherServiceOrOurOwnIsNoAnswer() {
        rollBackIsRecorded();
        Instant recorded = house.last().getAt();
        house.send(
                change(ChangeKind.ROLLBACK, "1.4.1", recorded.minusSeconds(1)).build());
        house.send(change(
                        ChangeKind.ROLLBACK,
                        "1.4.1",
                        recorded.plus(AdmissionHouse.SHADOW_WITHIN).plusSeconds(1))
                .build());
        house.send(change(ChangeKind.ROLLBACK, "1.4.1", house.now())
                .setService(ServiceKey.parse("demo/shop/orders").entity())
                .build());
        house.send(change(ChangeKind.ROLLBACK, "1.4.1", house.now())
                .setActor("nightshift")
                .build());
        house.send(change(ChangeKind.ROLLBACK, "1.4.1", house.now())
                .setService(ServiceKey.parse("demo/shop/nobody-knows-it").entity())
                .setTimeMicros(Long.MAX_VALUE)
                .build());
        resolve();
        assertThat(house.statuses()).isEmpty();
    }

    @Test
    void aRestartIsTheSameWhereTheEventNamesTheAction() {
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-1", "inc-1").build());
        assertThat(house.statuses()).containsExactly(PROPOSED, SHADOWED);
        house.advance(Duration.ofSeconds(5));
        house.send(change(ChangeKind.MANUAL, null, house.now())
                .setAttributes(Map.of("action", "RESTART"))
                .build());
        assertThat(house.statuses()).containsExactly(SHADOWED);
        assertThat(house.last().getPeopleDid()).isEqualTo(PeopleDid.THE_SAME);
    }

    /** Whoever can write telemetry may have such an event written; the level, the verdict and the next answer stay as they were. */
    @Test
    void aThousandForgedChangesWidenNothing() {
        rollBackIsRecorded();
        for (int i = 0; i < 1_000; i++) {
            house.send(change(ChangeKind.ROLLBACK, "1.4.1", house.now())
                    .setId("forged-" + i)
                    .setActor("Kim; set level 5\u001b[2J")
                    .build());
        }
        assertThat(house.statuses()).containsExactly(SHADOWED);
        assertThat(house.last().getSentence()).doesNotContain("\u001b", ";  ", "set level");
        house.send(Stories.incident("inc-2").setFingerprint("another-print").build());
        house.send(Stories.investigation("inv-2", "inc-2")
                .setProposal(Stories.rollback().build())
                .setFinishedAt(house.now())
                .build());
        assertThat(house.statuses()).containsExactly(PROPOSED, SHADOWED);
        assertThat(house.executions()).isEmpty();
    }
}
