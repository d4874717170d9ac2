package io.nightshift.deploy.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonCitation;
import io.nightshift.events.LessonOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the investigation of a fault that was there before rests on what the first time taught. The right lesson is one that
 * an incident of the first time left about the fault's own service and cause; where nothing was done, or the cause was not
 * found, there is none, and none should be cited.
 *
 * @param lessonLeft whether the first time left a right lesson
 * @param rightLesson whether a right lesson was cited
 * @param cited lessons that were cited
 */
record Retrieval(
        @JsonProperty("lesson_left") boolean lessonLeft,
        @JsonProperty("right_lesson") boolean rightLesson,
        List<Cited> cited) {

    /**
     * @param from incidents of the first time that it comes from
     * @param effect what it changed, in words
     */
    record Cited(String key, String action, List<String> from, boolean right, String effect) {}

    /**
     * @param learned what the first time taught, by the lessons' keys
     * @param incidents of the first time
     * @param second the investigation of the second time; null where there was none
     */
    static Retrieval of(Truth truth, Map<String, Lesson> learned, Set<String> incidents, Investigation second) {
        List<Cited> cited = second == null
                ? List.of()
                : second.getLessons().stream()
                        .map(citation -> cited(truth, learned, incidents, citation))
                        .toList();
        boolean left = learned.values().stream().anyMatch(lesson -> isRight(truth, lesson, incidents));
        return new Retrieval(left, cited.stream().anyMatch(Cited::right), cited);
    }

    private static Cited cited(
            Truth truth, Map<String, Lesson> learned, Set<String> incidents, LessonCitation citation) {
        Lesson lesson = learned.get(citation.getLessonKey());
        if (lesson == null) {
            return new Cited(citation.getLessonKey(), "", List.of(), false, citation.getEffect());
        }
        return new Cited(
                citation.getLessonKey(),
                lesson.getAction().name(),
                from(lesson, incidents).stream().sorted().toList(),
                isRight(truth, lesson, incidents),
                citation.getEffect());
    }

    private static boolean isRight(Truth truth, Lesson lesson, Set<String> incidents) {
        return lesson.getCauseClass() == truth.fault().cause()
                && lesson.getService().equals(truth.service())
                && !from(lesson, incidents).isEmpty();
    }

    private static Set<String> from(Lesson lesson, Set<String> incidents) {
        return lesson.getLatest().stream()
                .map(LessonOutcome::getIncidentId)
                .filter(incidents::contains)
                .collect(Collectors.toSet());
    }
}
