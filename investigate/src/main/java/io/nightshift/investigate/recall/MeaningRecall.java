package io.nightshift.investigate.recall;

import io.nightshift.events.Incident;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.worker.Recall;
import io.nightshift.runtime.text.SecretMask;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recalls lessons by what their incident was like. That two incidents read alike is a reason to look at a lesson, none to
 * believe it: whether it counts is decided by the cause and the class of the service that it was learned at. The words
 * themselves stay here; they are somebody else's text.
 */
public final class MeaningRecall implements Recall {

    /** Sentences of one kind of trouble came to 0.93 and above when tried, those of different kinds to at most 0.81. */
    static final double NEAR = 0.88;

    private static final int MOST = 3;
    private static final int CHARACTERS = 500;
    private static final Pattern NUMBERS = Pattern.compile("\\d+(?:[.,:]\\d+)*");

    private final Meaning meaning;
    private final LessonMemory memory;
    private final List<String> services;

    /** @param services services of the inventory, as environment/namespace/service */
    MeaningRecall(Meaning meaning, LessonMemory memory, List<String> services) {
        this.meaning = meaning;
        this.memory = memory;
        this.services = List.copyOf(services);
    }

    @Override
    public List<Lesson> byMeaning(Incident incident) {
        if (memory.size() == 0 || !meaning.isReady()) {
            return List.of();
        }
        return meaning.of(text(incident.getSentence(), incident.getServices()))
                .map(asked -> memory.near(incident.getEnvironment(), asked, NEAR, MOST))
                .orElse(List.of());
    }

    /** Takes a lesson in, or a change of one. May take seconds. */
    void learn(String key, Lesson lesson) {
        if (lesson.getRevoked() || lesson.getSymptoms().isBlank()) {
            memory.forget(key);
        } else if (memory.knows(key, lesson)) {
            memory.renew(key, lesson);
        } else {
            meaning.of(text(lesson.getSymptoms(), List.of(lesson.getService())))
                    .ifPresent(direction -> memory.keep(key, lesson, direction));
        }
    }

    void forget(String key) {
        memory.forget(key);
    }

    String trouble() {
        return meaning.trouble();
    }

    /** Without secrets, and without names and figures, in which two incidents of one kind differ. */
    private String text(String words, List<String> involved) {
        String text = NUMBERS.matcher(SecretMask.mask(words, CHARACTERS)).replaceAll("");
        String names = Stream.concat(services.stream(), involved.stream())
                .map(service -> service.substring(service.lastIndexOf('/') + 1))
                .filter(name -> !name.isBlank())
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return names.isEmpty()
                ? text
                : text.replaceAll("(?<![\\p{L}\\p{N}])(?:" + names + ")-?(?![\\p{L}\\p{N}])", "service");
    }
}
