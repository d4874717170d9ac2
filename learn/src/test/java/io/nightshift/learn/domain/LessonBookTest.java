package io.nightshift.learn.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LessonBookTest {

    private static final Instant NIGHT = Instant.parse("2026-01-10T03:12:00Z");

    @Test
    void theFirstOutcomeMakesALesson() {
        Lesson lesson = LessonBook.ofOne(outcome("act-1", ActionStatus.HELD), "inventory leaks");

        assertThat(lesson.getHeld()).isEqualTo(1);
        assertThat(lesson.getRecurred()).isZero();
        assertThat(lesson.getSymptoms()).isEqualTo("inventory leaks");
        assertThat(lesson.getLatest()).extracting(LessonOutcome::getActionId).containsExactly("act-1");
        assertThat(lesson.getSentence())
                .isEqualTo("rolling restart of demo/shop/inventory for memory leak: held once.");
        assertThat(LessonBook.key(lesson)).isEqualTo("fp|MEMORY_LEAK|ROLLING_RESTART|demo/shop/inventory");
    }

    @Test
    void theSameOutcomeTwiceCountsOnce() {
        Lesson once = LessonBook.ofOne(outcome("act-1", ActionStatus.HELD), "");

        assertThat(LessonBook.add(once, LessonBook.ofOne(outcome("act-1", ActionStatus.HELD), "")))
                .isSameAs(once);
    }

    @Test
    void aContradictingOutcomeOfTheSameActionReplacesTheEarlierOne() {
        Lesson held = LessonBook.ofOne(outcome("act-1", ActionStatus.HELD), "leak");

        Lesson after = LessonBook.add(held, LessonBook.ofOne(outcome("act-1", ActionStatus.RECURRED), ""));

        assertThat(after.getHeld()).isZero();
        assertThat(after.getRecurred()).isEqualTo(1);
        assertThat(after.getLatest()).hasSize(1);
        assertThat(after.getSymptoms())
                .as("words are kept when the later outcome has none")
                .isEqualTo("leak");
    }

    @Test
    void theLatestOutcomesAreBoundedAndTheCountsAreNot() {
        Lesson lesson = IntStream.range(0, 40)
                .mapToObj(i -> LessonBook.ofOne(outcome("act-" + i, ActionStatus.RECURRED), ""))
                .reduce(null, LessonBook::add);

        assertThat(lesson.getRecurred()).isEqualTo(40);
        assertThat(lesson.getLatest()).hasSize(LessonBook.LATEST);
        assertThat(lesson.getLatest().get(0).getActionId()).isEqualTo("act-39");
        assertThat(lesson.getSentence()).endsWith("recurred 40 times.");
    }

    @Test
    void longSymptomsAreCut() {
        Lesson lesson = LessonBook.ofOne(outcome("act-1", ActionStatus.HELD), "x".repeat(100_000));

        assertThat(lesson.getSymptoms()).hasSize(LessonBook.SYMPTOMS_CHARS);
    }

    @Test
    void onlyAnEndTeaches() {
        assertThat(Outcome.of(event("act-1", ActionStatus.RECOVERED).build()))
                .as("recovered is not held")
                .isEmpty();
        assertThat(Outcome.of(event("act-1", ActionStatus.STARTED).build())).isEmpty();
        assertThat(Outcome.of(event("act-1", ActionStatus.ESCALATED).build())).isEmpty();
        assertThat(Outcome.of(event("act-1", ActionStatus.NOT_RECOVERED).build()))
                .isPresent();
    }

    @Test
    void whatWasOnlyShadowedTeachesNothing() {
        assertThat(Outcome.of(event("act-1", ActionStatus.HELD).setShadow(true).build()))
                .isEmpty();
    }

    private static Outcome outcome(String actionId, ActionStatus status) {
        return Outcome.of(event(actionId, status).build()).orElseThrow();
    }

    static ActionEvent.Builder event(String actionId, ActionStatus status) {
        return ActionEvent.newBuilder()
                .setId(actionId + "-" + status)
                .setActionId(actionId)
                .setStatus(status)
                .setAt(NIGHT)
                .setIncidentId("inc-1")
                .setEnvironment("demo")
                .setService("demo/shop/inventory")
                .setAction(ActionKind.ROLLING_RESTART)
                .setTarget("demo/shop/inventory")
                .setFingerprint("fp")
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setSentence("test");
    }
}
