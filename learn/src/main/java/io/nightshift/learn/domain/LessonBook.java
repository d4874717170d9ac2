package io.nightshift.learn.domain;

import io.nightshift.events.Experience;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import io.nightshift.events.OutcomeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a lesson of the experiences it rests on. It is a function of their set: in whatever order they came, and whatever was
 * taken back meanwhile, the same experiences make the same lesson, byte for byte.
 */
public final class LessonBook {

    static final int LATEST = 16;

    private LessonBook() {}

    /**
     * @param experiences those of one lesson, at most one for each action
     * @return empty when there is none: then there is no lesson
     */
    public static Optional<Lesson> of(Collection<Experience> experiences) {
        if (experiences.isEmpty()) {
            return Optional.empty();
        }
        List<Experience> byTime =
                experiences.stream().sorted(Experiences.BY_TIME).toList();
        Map<OutcomeKind, Integer> counts = new EnumMap<>(OutcomeKind.class);
        byTime.forEach(experience -> counts.merge(experience.getOutcome(), 1, Integer::sum));
        Experience newest = byTime.get(byTime.size() - 1);
        LessonKey key = LessonKey.of(newest);
        return Optional.of(Lesson.newBuilder()
                .setFingerprint(key.fingerprint())
                .setCauseClass(key.causeClass())
                .setService(key.service())
                .setAction(key.action())
                .setHeld(counts.getOrDefault(OutcomeKind.HELD, 0))
                .setRecurred(counts.getOrDefault(OutcomeKind.RECURRED, 0))
                .setIneffective(counts.getOrDefault(OutcomeKind.INEFFECTIVE, 0))
                .setHarmful(counts.getOrDefault(OutcomeKind.HARMFUL, 0))
                .setUndone(counts.getOrDefault(OutcomeKind.UNDONE, 0))
                .setHumanSame(counts.getOrDefault(OutcomeKind.HUMAN_DID_IT, 0))
                .setHumanOther(counts.getOrDefault(OutcomeKind.HUMAN_DID_OTHERWISE, 0))
                .setSymptoms(symptoms(byTime))
                .setLatest(latest(byTime))
                .setUpdatedAt(newest.getAt())
                .setRepeated(RepeatedMistakes.count(byTime))
                .setSentence(sentence(key, counts))
                .build());
    }

    /** The latest outcomes, newest first. */
    static List<LessonOutcome> latest(List<Experience> byTime) {
        List<LessonOutcome> latest = new ArrayList<>();
        byTime.stream()
                .skip(Math.max(0, byTime.size() - LATEST))
                .map(LessonBook::outcome)
                .forEach(latest::add);
        Collections.reverse(latest);
        return latest;
    }

    private static LessonOutcome outcome(Experience experience) {
        return LessonOutcome.newBuilder()
                .setIncidentId(experience.getIncidentId())
                .setActionId(experience.getActionId())
                .setOutcome(experience.getOutcome())
                .setAt(experience.getAt())
                .setRecoverySeconds(experience.getRecoverySeconds())
                .setAttribution(experience.getAttribution())
                .setBecause(experience.getBecause())
                .build();
    }

    private static String symptoms(List<Experience> byTime) {
        return byTime.stream()
                .map(Experience::getSymptoms)
                .filter(words -> !words.isEmpty())
                .reduce((earlier, later) -> later)
                .map(words -> Dossiers.cut(words, Dossiers.SYMPTOMS_CHARS))
                .orElse("");
    }

    private static String sentence(LessonKey key, Map<OutcomeKind, Integer> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((outcome, count) -> parts.add(Words.of(outcome) + " " + Words.times(count)));
        return Words.of(key.action()) + " of " + key.service() + " for " + Words.of(key.causeClass()) + ": "
                + String.join(", ", parts) + ".";
    }
}
