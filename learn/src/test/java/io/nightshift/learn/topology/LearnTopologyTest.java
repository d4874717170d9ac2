package io.nightshift.learn.topology;

import static io.nightshift.learn.Stories.*;
import static io.nightshift.learn.topology.LearnHouse.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.events.Lesson;
import io.nightshift.events.Prevention;
import io.nightshift.events.Trust;
import io.nightshift.learn.domain.IncidentVerdict;
import io.nightshift.runtime.testing.GoldenTopology;
import io.nightshift.schemas.ServiceKey;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnTopologyTest {

    @TempDir
    Path folder;

    private LearnHouse house;

    @BeforeEach
    void start() {
        house = new LearnHouse(folder);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void theShapeIsTheReviewedOne() {
        GoldenTopology.assertMatches(house.topology, "learn");
    }

    @Test
    void aRecurrenceIsRememberedWithTheSymptomsOfItsIncident() {
        house.tell(incident("inc-1", 1, NIGHT).build());
        house.tell(action("inc-1", "act-1", after(1), ActionStatus.RECURRED, after(10)));

        assertThat(house.lessons()).containsOnlyKeys(LESSON);
        Lesson lesson = house.lessons().get(LESSON);
        assertThat(lesson.getRecurred()).isEqualTo(1);
        assertThat(lesson.getSymptoms()).isEqualTo("orders time out calling inventory");
        assertThat(house.trust()).containsOnlyKeys(TRUST);
    }

    @Test
    void anOutcomeOfAnUnknownIncidentStillTeachesAndItsWordsComeLater() {
        house.tell(action("inc-9", "act-9", after(1), ActionStatus.HELD, after(10)));
        assertThat(house.lessons().get(LESSON).getHeld()).isEqualTo(1);
        assertThat(house.lessons().get(LESSON).getSymptoms()).isEmpty();

        house.tell(incident("inc-9", 1, NIGHT).build());
        assertThat(house.lessons().get(LESSON).getSymptoms()).isEqualTo("orders time out calling inventory");
    }

    @Test
    void anOutcomeWithoutItsActionIsCountedAndWidensNothing() {
        house.tell(event("inc-1", "act-1", ActionStatus.HELD, after(1)).build());

        assertThat(house.counted).containsEntry("outcome.without-action", 1);
        assertThat(house.lessons().get(LESSON).getHeld()).isEqualTo(1);
        assertThat(house.trust().get(TRUST).getGood()).isZero();

        house.tell(event("inc-1", "act-1", ActionStatus.STARTED, after(0)).build());
        assertThat(house.trust().get(TRUST).getGood())
                .as("its start was told late")
                .isEqualTo(1);
    }

    @Test
    void theSameOutcomeAThousandTimesIsOneLesson() {
        for (int i = 0; i < 1000; i++) {
            house.tell(event("inc-1", "act-1", ActionStatus.HELD, after(1)).build());
        }

        assertThat(house.written()).as("one lesson, one trust").isEqualTo(2);
        assertThat(house.lessons().get(LESSON).getHeld()).isEqualTo(1);
    }

    @Test
    void trustIsPromotedByAPersonAndTakenAwayByARelease() {
        for (int i = 0; i < 6; i++) {
            house.tell(action("inc-" + i, "act-" + i, after(10L * i), ActionStatus.HELD, after(10L * i + 5)));
        }
        assertThat(house.trust().get(TRUST).getLevel()).isEqualTo(3);
        house.tell(promote(ALICE, TRUST, 4, after(90)));
        assertThat(house.trust().get(TRUST).getLevel()).isEqualTo(4);

        house.tell(deployment(100));
        Trust trust = house.trust().get(TRUST);
        assertThat(trust.getLevel()).isEqualTo(3);
        assertThat(trust.getResetBy()).isEqualTo("a new release of " + SERVICE);
    }

    @Test
    void theThirdIncidentOfOneFingerprintRaisesAPreventionThatFallsWithARevocation() {
        for (int i = 0; i < 3; i++) {
            assertThat(house.preventions()).isEmpty();
            house.tell(incident("inc-" + i, 1, after(i)).build());
            house.tell(incident("inc-" + i, 2, after(i)).build());
        }
        Prevention prevention = house.preventions().get("fp");
        assertThat(prevention.getTimes()).isEqualTo(3);
        assertThat(prevention.getIncidents()).containsExactly("inc-2", "inc-1", "inc-0");

        house.tell(revoke(ALICE, "inc-1", after(50)));
        assertThat(house.preventions()).isEmpty();
    }

    @Test
    void theSameMistakeTwiceShowsInTheGauge() {
        house.tell(action("inc-1", "act-1", after(1), ActionStatus.RECURRED, after(10)));
        assertThat(house.repeated()).isZero();
        house.tell(action("inc-2", "act-2", after(20), ActionStatus.RECURRED, after(30)));
        assertThat(house.repeated()).isEqualTo(1);
        assertThat(house.trust().get(TRUST).getRepeated()).isEqualTo(1);

        house.tell(revoke(ALICE, "inc-1", after(50)));
        assertThat(house.repeated()).isZero();
    }

    @Test
    void feedbackOnAnIncidentThatIsNotKnownYetCountsWhenItComes() {
        house.tell(feedback(ALICE, "inc-1", IncidentVerdict.BAD, ActionKind.UNKNOWN, after(5)));
        assertThat(house.written()).isZero();

        house.tell(action("inc-1", "act-1", after(1), ActionStatus.HELD, after(10)));
        assertThat(house.lessons().get(LESSON).getHarmful()).isEqualTo(1);
    }

    @Test
    void feedbackTwiceChangesNothing() {
        house.tell(action("inc-1", "act-1", after(1), ActionStatus.HELD, after(10)));
        house.tell(feedback(ALICE, "inc-1", IncidentVerdict.BAD, ActionKind.UNKNOWN, after(20)));
        assertThat(house.written()).isPositive();
        house.tell(feedback(ALICE, "inc-1", IncidentVerdict.BAD, ActionKind.UNKNOWN, after(20)));
        assertThat(house.written()).isZero();
    }

    private static ChangeEvent deployment(long minutes) {
        return ChangeEvent.newBuilder()
                .setId("c-" + minutes)
                .setSource("ci")
                .setService(ServiceKey.parse(SERVICE).entity())
                .setKind(ChangeKind.DEPLOYMENT)
                .setTimeMicros(after(minutes).toEpochMilli() * 1000)
                .setSummary("inventory 2")
                .build();
    }
}
