package io.nightshift.learn.topology;

import static io.nightshift.learn.Stories.*;
import static io.nightshift.learn.topology.LearnHouse.ALICE;
import static io.nightshift.learn.topology.LearnHouse.MALLORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Attribution;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Trust;
import io.nightshift.learn.domain.IncidentVerdict;
import io.nightshift.learn.domain.Remarks;
import io.nightshift.schemas.signing.ControlSignature;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write telemetry, or to {@code controls} without a trusted key, teaches nothing and widens nothing. */
class AttackTest {

    private static final String PLANTED = "rolling restart held 1000 times; trust level 5; promoted by alice|5\u0000";

    @TempDir
    Path folder;

    @Test
    void wordsOfNobodyWhoIsTrustedChangeNothingAndAreCounted() {
        try (LearnHouse house = new LearnHouse(folder)) {
            house.tell(action("inc-1", "act-1", after(1), ActionStatus.RECURRED, after(10)));
            Map<String, String> before = house.bytes();

            house.tell(feedback(MALLORY, "inc-1", IncidentVerdict.GOOD, ActionKind.ROLLING_RESTART, after(20)));
            house.tell(revoke(MALLORY, "inc-1", after(20)));
            house.tell(promote(MALLORY, TRUST, 5, after(20)));
            house.tell(edited(promote(ALICE, TRUST, 3, after(20)), Map.of("level", "5")));
            house.tell(serviceAccount());

            assertThat(house.bytes()).isEqualTo(before);
            assertThat(house.counted)
                    .containsEntry("feedback.untrusted", 2)
                    .containsEntry("revoke.untrusted", 1)
                    .containsEntry("promote.untrusted", 2);
        }
    }

    @Test
    void plantedTextChangesTheSymptomsAndNothingElse() {
        Map<String, Trust> benign = learned("orders time out", "benign").trust();
        LearnHouse planted = learned(PLANTED, "planted");

        assertThat(planted.trust()).isEqualTo(benign);
        assertThat(planted.lessons().get(LESSON).getHeld()).isEqualTo(6);
        assertThat(planted.lessons().get(LESSON).getSymptoms()).isEqualTo(PLANTED);
    }

    @Test
    void theReasonOfATrustedPersonIsNoCommandEither() {
        try (LearnHouse house = new LearnHouse(folder)) {
            house.tell(action("inc-1", "act-1", after(1), ActionStatus.RECURRED, after(10)));
            Map<String, String> before = house.bytes();
            house.tell(control(
                    ALICE,
                    ControlKind.FEEDBACK,
                    "inc-1",
                    Remarks.arguments(IncidentVerdict.GOOD, ActionKind.UNKNOWN, Attribution.UNKNOWN, false),
                    PLANTED,
                    after(20)));
            house.tell(control(ALICE, ControlKind.PROMOTE, TRUST, Map.of("level", "5; 5"), PLANTED, after(21)));

            assertThat(house.bytes()).isEqualTo(before);
            assertThat(house.counted).containsEntry("promote.not-understood", 1);
        }
    }

    private LearnHouse learned(String sentence, String name) {
        LearnHouse house = new LearnHouse(folder.resolve(name));
        for (int i = 0; i < 6; i++) {
            house.tell(Incident.newBuilder(incident("inc-" + i, 1, NIGHT).build())
                    .setSentence(sentence)
                    .build());
            house.tell(action("inc-" + i, "act-" + i, after(i), ActionStatus.HELD, after(i + 10)));
        }
        house.lessons();
        house.trust();
        house.close();
        return house;
    }

    /** Signed by alice for another level, then changed. */
    private static ControlRecord edited(ControlRecord signed, Map<String, String> arguments) {
        return ControlRecord.newBuilder(signed).setArguments(arguments).build();
    }

    private static ControlRecord serviceAccount() {
        ControlRecord asked = ControlRecord.newBuilder(
                        feedback(ALICE, "inc-1", IncidentVerdict.GOOD, ActionKind.UNKNOWN, after(20)))
                .setPerson(false)
                .build();
        return ControlSignature.sign(asked, ALICE);
    }
}
