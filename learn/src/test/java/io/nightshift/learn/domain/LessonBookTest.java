package io.nightshift.learn.domain;

import static io.nightshift.learn.Stories.LESSON;
import static io.nightshift.learn.Stories.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Experience;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import io.nightshift.events.OutcomeKind;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LessonBookTest {

    @Test
    void theFirstExperienceMakesALesson() {
        Lesson lesson = lesson(Told.of("act-1", OutcomeKind.HELD, 10).setSymptoms("inventory leaks"));

        assertThat(lesson.getHeld()).isEqualTo(1);
        assertThat(lesson.getRecurred()).isZero();
        assertThat(lesson.getSymptoms()).isEqualTo("inventory leaks");
        assertThat(lesson.getUpdatedAt()).isEqualTo(after(10));
        assertThat(lesson.getSentence())
                .isEqualTo("rolling restart of demo/shop/inventory for memory leak: held once.");
        assertThat(LessonKey.of(lesson)).hasToString(LESSON);
    }

    @Test
    void withoutExperiencesThereIsNoLesson() {
        assertThat(LessonBook.of(List.of())).isEmpty();
    }

    @Test
    void theOrderInWhichExperiencesCameChangesNothing() {
        List<Experience> experiences = new ArrayList<>();
        OutcomeKind[] outcomes = OutcomeKind.values();
        for (int i = 0; i < 40; i++) {
            experiences.add(Told.of("act-" + i, outcomes[i % outcomes.length], i / 2)
                    .setSymptoms("words " + i)
                    .build());
        }
        Lesson lesson = LessonBook.of(experiences).orElseThrow();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(experiences, new Random(seed));
            assertThat(LessonBook.of(experiences)).contains(lesson);
        }
    }

    @Test
    void theLatestOutcomesAreBoundedAndTheCountsAreNot() {
        Lesson lesson = lesson(IntStream.range(0, 40)
                .mapToObj(i -> Told.of("act-" + i, OutcomeKind.RECURRED, i))
                .toArray(Experience.Builder[]::new));

        assertThat(lesson.getRecurred()).isEqualTo(40);
        assertThat(lesson.getLatest()).hasSize(LessonBook.LATEST);
        assertThat(lesson.getLatest().get(0).getActionId()).isEqualTo("act-39");
        assertThat(lesson.getSentence()).endsWith("recurred 40 times.");
    }

    @Test
    void longSymptomsAreCutAndTheNewestThatThereAreCount() {
        Lesson lesson = lesson(
                Told.of("act-1", OutcomeKind.HELD, 1).setSymptoms("x".repeat(100_000)),
                Told.of("act-2", OutcomeKind.HELD, 2));

        assertThat(lesson.getSymptoms()).hasSize(Dossiers.SYMPTOMS_CHARS);
    }

    @Test
    void anOutcomeThatANewerReleaseKnowsIsKeptAndCountsAsNothingElse() {
        Lesson lesson = lesson(Told.of("act-1", OutcomeKind.UNKNOWN, 1), Told.of("act-2", OutcomeKind.HELD, 2));

        assertThat(lesson.getHeld()).isEqualTo(1);
        assertThat(lesson.getLatest()).extracting(LessonOutcome::getOutcome).contains(OutcomeKind.UNKNOWN);
        assertThat(lesson.getHarmful() + lesson.getIneffective() + lesson.getRecurred())
                .isZero();
    }

    @Test
    void theSameMistakeTwiceIsCountedOnlyWhenTheFirstWasKnownAndPolicyAloneRepeatedIt() {
        assertThat(lesson(Told.of("a", OutcomeKind.RECURRED, 10), Told.of("b", OutcomeKind.RECURRED, 30))
                        .getRepeated())
                .isEqualTo(1);
        assertThat(lesson(
                                Told.of("a", OutcomeKind.RECURRED, 10),
                                Told.of("b", OutcomeKind.RECURRED, 30).setAutomatic(false))
                        .getRepeated())
                .as("a person approved the second")
                .isZero();
        assertThat(lesson(
                                Told.of("a", OutcomeKind.RECURRED, 10),
                                Told.of("b", OutcomeKind.RECURRED, 30).setStartedAt(after(5)))
                        .getRepeated())
                .as("the second began before the first had ended")
                .isZero();
        assertThat(lesson(
                                Told.of("a", OutcomeKind.RECURRED, 10),
                                Told.of("b", OutcomeKind.HELD, 20),
                                Told.of("c", OutcomeKind.RECURRED, 30))
                        .getRepeated())
                .as("it held meanwhile")
                .isZero();
    }

    @Test
    void theGreatestLessonAndTheGreatestTrustStayWithinTheirBudgets() {
        List<Experience> experiences = IntStream.range(0, 100)
                .mapToObj(i -> Told.of("act-" + "0123456789".repeat(3) + i, OutcomeKind.RECURRED, i)
                        .setBecause("€".repeat(Blame.CHARS))
                        .setSymptoms("€".repeat(Dossiers.SYMPTOMS_CHARS))
                        .build())
                .toList();
        Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));

        assertThat(bytes(topics.lessons(), LessonBook.of(experiences).orElseThrow()))
                .isLessThanOrEqualTo(topics.lessons().recordLimitBytes());
        assertThat(bytes(
                        topics.trust(),
                        new TrustBook(TrustSettings.usual())
                                .of(experiences, List.of(), List.of())
                                .orElseThrow()))
                .isLessThanOrEqualTo(topics.trust().recordLimitBytes());
    }

    private static <T> int bytes(Topic<String, T> topic, T value) {
        return topic.value().serializer().serialize(topic.name(), value).length;
    }

    private static Lesson lesson(Experience.Builder... experiences) {
        List<Experience> built = new ArrayList<>();
        for (Experience.Builder experience : experiences) {
            built.add(experience.build());
        }
        return LessonBook.of(built).orElseThrow();
    }
}
