package io.nightshift.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Engine;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonCitation;
import io.nightshift.events.LessonOutcome;
import io.nightshift.events.OutcomeKind;
import io.nightshift.learn.domain.LessonKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RetrievalTest {

    private static final Instant NOW = Instant.parse("2026-01-10T03:12:00Z");
    private static final Truth POOL = new Truth(1, Fault.POOL, "demo/shop/inventory", "", 60, 0, List.of());
    private static final Lesson RIGHT = lesson("demo/shop/inventory", CauseClass.CONNECTION_POOL_EXHAUSTION, "inc-1");
    private static final Lesson OTHER_CAUSE = lesson("demo/shop/inventory", CauseClass.BAD_RELEASE, "inc-1");
    private static final Lesson OTHER_SERVICE =
            lesson("demo/shop/store", CauseClass.CONNECTION_POOL_EXHAUSTION, "inc-1");
    private static final Lesson OLDER = lesson("demo/shop/inventory", CauseClass.CONNECTION_POOL_EXHAUSTION, "inc-0");

    @Test
    void theRightLessonIsOfTheFaultsOwnServiceAndCauseAndComesFromTheFirstTime() {
        Retrieval retrieval = of(List.of(RIGHT), RIGHT);
        assertThat(retrieval.lessonLeft()).isTrue();
        assertThat(retrieval.rightLesson()).isTrue();
        assertThat(retrieval.cited()).singleElement().satisfies(cited -> {
            assertThat(cited.from()).containsExactly("inc-1");
            assertThat(cited.action()).isEqualTo("ROLLING_RESTART");
            assertThat(cited.effect()).isEqualTo("raised it");
        });
    }

    @Test
    void aLessonOfAnotherCauseOrServiceIsNotTheRightOne() {
        Retrieval retrieval = of(List.of(RIGHT, OTHER_CAUSE, OTHER_SERVICE), OTHER_CAUSE, OTHER_SERVICE);
        assertThat(retrieval.lessonLeft()).isTrue();
        assertThat(retrieval.rightLesson()).isFalse();
        assertThat(retrieval.cited()).hasSize(2).noneMatch(Retrieval.Cited::right);
    }

    @Test
    void aLessonThatNoIncidentOfTheFirstTimeTaughtIsNotTheRightOne() {
        assertThat(of(List.of(OLDER), OLDER).lessonLeft()).isFalse();
        assertThat(of(List.of(), RIGHT).cited()).singleElement().satisfies(cited -> assertThat(cited.right())
                .isFalse());
    }

    @Test
    void withoutAnInvestigationNothingWasCited() {
        Retrieval retrieval = Retrieval.of(POOL, learned(List.of(RIGHT)), Set.of("inc-1"), null);
        assertThat(retrieval.cited()).isEmpty();
        assertThat(retrieval.rightLesson()).isFalse();
    }

    private static Retrieval of(List<Lesson> learned, Lesson... cited) {
        Investigation second = Investigation.newBuilder()
                .setId("inv-2")
                .setIncidentId("inc-2")
                .setIncidentVersion(1)
                .setEnvironment("demo")
                .setFingerprint("print")
                .setEngine(Engine.DETERMINISTIC)
                .setStartedAt(NOW)
                .setFinishedAt(NOW)
                .setLessons(Arrays.stream(cited)
                        .map(lesson -> new LessonCitation(LessonKey.of(lesson).toString(), "raised it", "e1"))
                        .toList())
                .setSentence("It is this.")
                .build();
        return Retrieval.of(POOL, learned(learned), Set.of("inc-1"), second);
    }

    private static Map<String, Lesson> learned(List<Lesson> lessons) {
        return lessons.stream()
                .collect(Collectors.toMap(lesson -> LessonKey.of(lesson).toString(), lesson -> lesson));
    }

    private static Lesson lesson(String service, CauseClass cause, String incident) {
        return Lesson.newBuilder()
                .setFingerprint("print")
                .setCauseClass(cause)
                .setService(service)
                .setAction(ActionKind.ROLLING_RESTART)
                .setHeld(1)
                .setLatest(List.of(LessonOutcome.newBuilder()
                        .setIncidentId(incident)
                        .setActionId("act-1")
                        .setOutcome(OutcomeKind.HELD)
                        .setAt(NOW)
                        .build()))
                .setUpdatedAt(NOW)
                .setSentence("It held.")
                .build();
    }
}
