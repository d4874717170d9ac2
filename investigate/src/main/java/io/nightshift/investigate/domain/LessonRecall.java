package io.nightshift.investigate.domain;

import io.nightshift.events.Incident;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.Lesson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which lessons fit an incident: first those of an incident just like it (same fingerprint), then those about a service that
 * is affected now, the worst first, the most similar symptoms first among equals; after these what the classes of the affected
 * services learned, each action against a cause in one.
 */
public final class LessonRecall {

    /** More would crowd out evidence; with at most 32 KiB a lesson they also stay within a request's budget. */
    private static final int MOST = 6;

    private LessonRecall() {}

    /** @param classes class of a service; the service itself where it has none */
    public static List<Lesson> fitting(Incident incident, Collection<Lesson> lessons, UnaryOperator<String> classes) {
        List<Lesson> fitting = new ArrayList<>(fitting(incident, lessons));
        fitting.addAll(LessonPool.of(incident.getServices(), lessons, classes));
        return fitting;
    }

    private static List<Lesson> fitting(Incident incident, Collection<Lesson> lessons) {
        Set<String> words = words(incident.getSentence());
        return lessons.stream()
                .filter(lesson -> !lesson.getRevoked())
                .filter(lesson ->
                        isAlike(incident, lesson) || incident.getServices().contains(lesson.getService()))
                .sorted(Comparator.comparing((Lesson lesson) -> isAlike(incident, lesson) ? 0 : 1)
                        .thenComparing(lesson -> rank(incident, lesson))
                        .thenComparing(lesson -> -overlap(words, words(lesson.getSymptoms())))
                        .thenComparing(Citations::lesson))
                .limit(MOST)
                .toList();
    }

    /** The request with further lessons, without those that it holds already. */
    public static InvestigationRequest completed(InvestigationRequest request, List<Lesson> further) {
        Set<String> known = request.getLessons().stream().map(Citations::lesson).collect(Collectors.toSet());
        List<Lesson> all = new ArrayList<>(request.getLessons());
        further.stream().filter(lesson -> known.add(Citations.lesson(lesson))).forEach(all::add);
        return all.size() == request.getLessons().size()
                ? request
                : InvestigationRequest.newBuilder(request).setLessons(all).build();
    }

    private static boolean isAlike(Incident incident, Lesson lesson) {
        return lesson.getFingerprint().equals(incident.getFingerprint());
    }

    private static int rank(Incident incident, Lesson lesson) {
        int index = incident.getServices().indexOf(lesson.getService());
        return index < 0 ? incident.getServices().size() : index;
    }

    /** Share of all words that both have (Jaccard). */
    private static double overlap(Set<String> some, Set<String> others) {
        long both = some.stream().filter(others::contains).count();
        long all = some.size() + others.size() - both;
        return all == 0 ? 0 : (double) both / all;
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
