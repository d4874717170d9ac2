package io.nightshift.investigate.domain;

import io.nightshift.events.CauseClass;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import io.nightshift.investigate.domain.LessonWeight.Weighed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How far lessons are about a cause in a service. That incidents look or read alike brings a lesson here; the evidence's cause
 * decides what it counts. A lesson about another cause is one about another trouble, however alike the words were.
 *
 * @param fingerprint of the incident
 * @param cause that the evidence names
 * @param service that it names, environment/namespace/service
 * @param classes class of a service; the service itself where it has none
 */
public record LessonFit(String fingerprint, CauseClass cause, String service, UnaryOperator<String> classes) {

    /** Learned at other services of the same class. */
    private static final double SAME_CLASS = 0.5;

    /** The very same incident was once diagnosed otherwise. */
    private static final double OTHER_CAUSE = 0.25;

    /** Those that fit, each with how far; a class's lesson without what the service itself taught, which counts for itself. */
    public List<Weighed> of(List<Lesson> lessons) {
        List<Lesson> about =
                lessons.stream().filter(lesson -> byCause(lesson) > 0).toList();
        Set<String> own = about.stream()
                .filter(this::isOwn)
                .flatMap(lesson -> lesson.getLatest().stream())
                .map(LessonOutcome::getActionId)
                .collect(Collectors.toSet());
        List<Weighed> fitting = new ArrayList<>();
        for (Lesson lesson : about) {
            if (isOwn(lesson)) {
                fitting.add(new Weighed(lesson, byCause(lesson), true));
            } else if (isOfClass(lesson) && !isInPool(lesson, about)) {
                without(lesson, own)
                        .ifPresent(left -> fitting.add(new Weighed(left, byCause(lesson) * SAME_CLASS, false)));
            }
        }
        return fitting;
    }

    private double byCause(Lesson lesson) {
        if (lesson.getCauseClass() == cause) {
            return 1;
        }
        boolean undecided = lesson.getCauseClass() == CauseClass.UNKNOWN;
        return lesson.getFingerprint().equals(fingerprint) && !undecided ? OTHER_CAUSE : 0;
    }

    private boolean isOwn(Lesson lesson) {
        return lesson.getService().equals(service);
    }

    private boolean isOfClass(Lesson lesson) {
        return classes.apply(service).equals(classes.apply(lesson.getService()));
    }

    /** What the class's lesson counts already. */
    private static boolean isInPool(Lesson lesson, List<Lesson> about) {
        return !LessonPool.isPooled(lesson)
                && about.stream()
                        .anyMatch(other -> LessonPool.isPooled(other)
                                && other.getAction() == lesson.getAction()
                                && other.getCauseClass() == lesson.getCauseClass());
    }

    private static Optional<Lesson> without(Lesson lesson, Set<String> own) {
        return LessonPool.isPooled(lesson) ? LessonPool.without(lesson, own) : Optional.of(lesson);
    }
}
