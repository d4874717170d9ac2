package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import io.nightshift.events.OutcomeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a service has seen little itself, what its class learned speaks for it; what it saw itself weighs more. */
class LessonPoolTest {

    private static final Instant NOW = Instant.parse("2026-01-10T03:12:00Z");
    private static final double PRIOR = 0.8;
    private static final double EXACT = 1e-9;

    private static String classOf(String service) {
        return service.startsWith("demo/shop/web") ? "demo/web" : service;
    }

    /** @param from number of the first outcome; a later one is newer */
    private static Lesson lesson(String service, CauseClass cause, OutcomeKind outcome, int from, int outcomes) {
        List<LessonOutcome> latest = new ArrayList<>(IntStream.range(from, from + outcomes)
                .mapToObj(i -> LessonOutcome.newBuilder()
                        .setIncidentId("inc-" + i)
                        .setActionId("act-" + i)
                        .setOutcome(outcome)
                        .setAt(NOW.plusSeconds(i))
                        .build())
                .toList());
        Collections.reverse(latest);
        return Lesson.newBuilder()
                .setFingerprint("print-" + service)
                .setCauseClass(cause)
                .setService(service)
                .setAction(ActionKind.ROLLING_RESTART)
                .setHeld(outcome == OutcomeKind.HELD ? outcomes : 0)
                .setIneffective(outcome == OutcomeKind.INEFFECTIVE ? outcomes : 0)
                .setLatest(latest)
                .setUpdatedAt(latest.get(0).getAt())
                .setSentence("")
                .build();
    }

    private static LessonWeight weight(Lesson... known) {
        List<Lesson> own = List.of(known).stream()
                .filter(lesson -> lesson.getService().equals("demo/shop/web-1"))
                .toList();
        List<Lesson> recalled = new ArrayList<>(own);
        recalled.addAll(LessonPool.of(List.of("demo/shop/web-1"), List.of(known), LessonPoolTest::classOf));
        LessonFit fit = new LessonFit("print", CauseClass.MEMORY_LEAK, "demo/shop/web-1", LessonPoolTest::classOf);
        return LessonWeight.of(ActionKind.ROLLING_RESTART, PRIOR, fit.of(recalled));
    }

    private static Lesson mates(OutcomeKind outcome, int from, int outcomes) {
        return lesson("demo/shop/web-2", CauseClass.MEMORY_LEAK, outcome, from, outcomes);
    }

    private static Lesson own(OutcomeKind outcome, int from, int outcomes) {
        return lesson("demo/shop/web-1", CauseClass.MEMORY_LEAK, outcome, from, outcomes);
    }

    @Test
    void aServiceThatSawNothingTrustsWhatItsClassLearnedByHalf() {
        assertThat(weight(mates(OutcomeKind.INEFFECTIVE, 0, 6)).worth()).isEqualTo(PRIOR / 4, within(EXACT));
    }

    @Test
    void whatTheServiceSawItselfWeighsMoreThanAllThatItsClassSaw() {
        LessonWeight weight = weight(mates(OutcomeKind.INEFFECTIVE, 0, 16), own(OutcomeKind.HELD, 20, 6));
        assertThat(weight.worth())
                .as("the class counts as four outcomes at most")
                .isGreaterThan(0.6);
    }

    @Test
    void whatTheServiceTaughtItselfIsNotCountedForItsClassAgain() {
        assertThat(weight(own(OutcomeKind.HELD, 0, 3)).worth()).isEqualTo((PRIOR + 3) / 4, within(EXACT));
        assertThat(weight(own(OutcomeKind.HELD, 0, 3)).lessons()).hasSize(1);
    }

    @Test
    void aClassIsNotHeldToWhatItWas() {
        Lesson before = mates(OutcomeKind.INEFFECTIVE, 0, 16);
        Lesson since = lesson("demo/shop/web-3", CauseClass.MEMORY_LEAK, OutcomeKind.HELD, 20, 16);
        assertThat(weight(before, since).worth()).isEqualTo((PRIOR + 8) / 9, within(EXACT));
    }

    @Test
    void aMisleadingLessonOfTheClassAboutAnotherCauseCountsNothing() {
        assertThat(weight(lesson("demo/shop/web-2", CauseClass.BAD_RELEASE, OutcomeKind.INEFFECTIVE, 0, 16))
                        .lessons())
                .isEmpty();
    }

    @Test
    void aServiceWithoutAClassLearnsFromNobody() {
        assertThat(LessonPool.of(
                        List.of("demo/shop/alone"),
                        List.of(lesson("demo/shop/alone", CauseClass.MEMORY_LEAK, OutcomeKind.HELD, 0, 1)),
                        LessonPoolTest::classOf))
                .isEmpty();
    }

    @Test
    void aLessonOfTheClassThatCameByItselfIsNotCountedTwice() {
        Lesson mate = mates(OutcomeKind.INEFFECTIVE, 0, 6);
        List<Lesson> recalled = new ArrayList<>(List.of(mate));
        recalled.addAll(LessonPool.of(List.of("demo/shop/web-1"), List.of(mate), LessonPoolTest::classOf));
        LessonFit fit = new LessonFit("print", CauseClass.MEMORY_LEAK, "demo/shop/web-1", LessonPoolTest::classOf);
        assertThat(fit.of(recalled)).singleElement().satisfies(weighed -> assertThat(
                        LessonPool.isPooled(weighed.lesson()))
                .isTrue());
    }
}
