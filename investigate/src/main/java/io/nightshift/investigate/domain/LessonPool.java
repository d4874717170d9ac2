package io.nightshift.investigate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import io.nightshift.events.OutcomeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the services of one class learned about one action against one cause, as a lesson of the class: it has no fingerprint, and
 * the class stands where a lesson has its service. It counts the newest outcomes only, so that a class which has changed is not
 * held to what it was.
 */
final class LessonPool {

    private static final int OUTCOMES = 16;

    /** Three actions against ten causes; without words they take some 30 KiB. */
    private static final int MOST = 30;

    private record About(String serviceClass, CauseClass cause, ActionKind action) {}

    private LessonPool() {}

    /**
     * @param services whose classes are asked about; one without a class has nobody to learn with
     * @param classes class of a service; the service itself where it has none
     * @return one lesson for each class, cause and action, those with the most outcomes first
     */
    static List<Lesson> of(Collection<String> services, Collection<Lesson> lessons, UnaryOperator<String> classes) {
        Set<String> asked = services.stream()
                .filter(service -> !classes.apply(service).equals(service))
                .map(classes)
                .collect(Collectors.toSet());
        Map<String, List<Lesson>> members = new TreeMap<>();
        for (Lesson lesson : lessons) {
            String serviceClass = classes.apply(lesson.getService());
            boolean tells = !lesson.getRevoked()
                    && lesson.getCauseClass() != CauseClass.UNKNOWN
                    && !lesson.getLatest().isEmpty();
            if (tells && asked.contains(serviceClass)) {
                members.computeIfAbsent(
                                new About(serviceClass, lesson.getCauseClass(), lesson.getAction()).toString(),
                                any -> new ArrayList<>())
                        .add(lesson);
            }
        }
        return members.values().stream()
                .map(alike -> pooled(alike, classes))
                .sorted(Comparator.comparing(pool -> -pool.getLatest().size()))
                .limit(MOST)
                .toList();
    }

    static boolean isPooled(Lesson lesson) {
        return lesson.getFingerprint().isEmpty();
    }

    /** The same without what these actions taught; empty when nothing is left. */
    static Optional<Lesson> without(Lesson pool, Set<String> actionIds) {
        List<LessonOutcome> left = pool.getLatest().stream()
                .filter(outcome -> !actionIds.contains(outcome.getActionId()))
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(lesson(pool.getService(), pool.getCauseClass(), pool.getAction(), left));
    }

    private static Lesson pooled(List<Lesson> alike, UnaryOperator<String> classes) {
        Lesson any = alike.get(0);
        List<LessonOutcome> newest = alike.stream()
                .flatMap(lesson -> lesson.getLatest().stream())
                .sorted(Comparator.comparing(LessonOutcome::getAt).reversed().thenComparing(LessonOutcome::getActionId))
                .limit(OUTCOMES)
                .map(outcome -> LessonOutcome.newBuilder(outcome).setBecause("").build())
                .toList();
        return lesson(classes.apply(any.getService()), any.getCauseClass(), any.getAction(), newest);
    }

    private static Lesson lesson(
            String serviceClass, CauseClass cause, ActionKind action, List<LessonOutcome> outcomes) {
        return Lesson.newBuilder()
                .setFingerprint("")
                .setCauseClass(cause)
                .setService(serviceClass)
                .setAction(action)
                .setHeld(count(outcomes, OutcomeKind.HELD))
                .setRecurred(count(outcomes, OutcomeKind.RECURRED))
                .setIneffective(count(outcomes, OutcomeKind.INEFFECTIVE))
                .setHarmful(count(outcomes, OutcomeKind.HARMFUL))
                .setUndone(count(outcomes, OutcomeKind.UNDONE))
                .setHumanSame(count(outcomes, OutcomeKind.HUMAN_DID_IT))
                .setHumanOther(count(outcomes, OutcomeKind.HUMAN_DID_OTHERWISE))
                .setLatest(outcomes)
                .setUpdatedAt(outcomes.get(0).getAt())
                .setSentence("")
                .build();
    }

    private static int count(List<LessonOutcome> outcomes, OutcomeKind kind) {
        return (int) outcomes.stream()
                .filter(outcome -> outcome.getOutcome() == kind)
                .count();
    }
}
