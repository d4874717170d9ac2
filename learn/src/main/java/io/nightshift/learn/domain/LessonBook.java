package io.nightshift.learn.domain;

import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import io.nightshift.events.OutcomeKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Adds outcomes to lessons. An action counts once: the same outcome again changes nothing, and a later, contradicting
 * outcome of the same action (held, then recurred after all) takes the place of the earlier one.
 */
public final class LessonBook {

    static final int LATEST = 16;
    static final int SYMPTOMS_CHARS = 2_000;

    private LessonBook() {}

    /** A lesson that rests on this outcome alone; {@code symptoms} may be empty when the incident is not known. */
    public static Lesson ofOne(Outcome outcome, String symptoms) {
        return add(null, outcome, symptoms);
    }

    /**
     * The lesson after one more outcome.
     *
     * @param known the lesson so far, or null
     * @param ofOne a lesson that rests on one outcome, as {@link #ofOne} makes it
     * @return the lesson to keep; the same object as {@code known} when the outcome was known already
     */
    public static Lesson add(Lesson known, Lesson ofOne) {
        return add(known, new Outcome(keyOf(ofOne), ofOne.getLatest().get(0)), ofOne.getSymptoms());
    }

    /** The key under which a lesson stands in {@code lessons}. */
    public static String key(Lesson lesson) {
        return keyOf(lesson).toString();
    }

    private static LessonKey keyOf(Lesson lesson) {
        return new LessonKey(lesson.getFingerprint(), lesson.getCauseClass(), lesson.getAction(), lesson.getService());
    }

    private static Lesson add(Lesson known, Outcome outcome, String symptoms) {
        List<LessonOutcome> latest = known == null ? List.of() : known.getLatest();
        LessonOutcome incoming = outcome.outcome();
        LessonOutcome earlier = latest.stream()
                .filter(past -> past.getActionId().equals(incoming.getActionId()))
                .findFirst()
                .orElse(null);
        if (earlier != null && earlier.getOutcome() == incoming.getOutcome()) {
            return known;
        }
        Map<OutcomeKind, Integer> counts = counts(known);
        if (earlier != null) {
            counts.merge(earlier.getOutcome(), -1, Integer::sum);
        }
        counts.merge(incoming.getOutcome(), 1, Integer::sum);
        return lesson(outcome.key(), counts, newestFirst(latest, earlier, incoming), words(known, symptoms));
    }

    private static List<LessonOutcome> newestFirst(
            List<LessonOutcome> latest, LessonOutcome replaced, LessonOutcome incoming) {
        List<LessonOutcome> result = new ArrayList<>();
        result.add(incoming);
        latest.stream()
                .filter(past -> !past.equals(replaced))
                .limit(LATEST - 1L)
                .forEach(result::add);
        return result;
    }

    private static String words(Lesson known, String symptoms) {
        if (symptoms.isEmpty()) {
            return known == null ? "" : known.getSymptoms();
        }
        return symptoms.length() <= SYMPTOMS_CHARS ? symptoms : symptoms.substring(0, SYMPTOMS_CHARS);
    }

    private static Map<OutcomeKind, Integer> counts(Lesson known) {
        Map<OutcomeKind, Integer> counts = new EnumMap<>(OutcomeKind.class);
        if (known != null) {
            counts.put(OutcomeKind.HELD, known.getHeld());
            counts.put(OutcomeKind.RECURRED, known.getRecurred());
            counts.put(OutcomeKind.INEFFECTIVE, known.getIneffective());
            counts.put(OutcomeKind.HARMFUL, known.getHarmful());
            counts.put(OutcomeKind.UNDONE, known.getUndone());
            counts.put(OutcomeKind.HUMAN_DID_IT, known.getHumanSame());
            counts.put(OutcomeKind.HUMAN_DID_OTHERWISE, known.getHumanOther());
        }
        return counts;
    }

    private static Lesson lesson(
            LessonKey key, Map<OutcomeKind, Integer> counts, List<LessonOutcome> latest, String symptoms) {
        return Lesson.newBuilder()
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
                .setSymptoms(symptoms)
                .setLatest(latest)
                .setUpdatedAt(latest.get(0).getAt())
                .setSentence(sentence(key, counts))
                .build();
    }

    private static String sentence(LessonKey key, Map<OutcomeKind, Integer> counts) {
        StringBuilder sentence = new StringBuilder()
                .append(words(key.action()))
                .append(" of ")
                .append(key.service())
                .append(" for ")
                .append(words(key.causeClass()))
                .append(": ");
        List<String> parts = new ArrayList<>();
        counts.forEach((kind, count) -> {
            if (count > 0) {
                parts.add(words(kind) + " " + (count == 1 ? "once" : count + " times"));
            }
        });
        return sentence.append(String.join(", ", parts)).append('.').toString();
    }

    private static String words(Enum<?> symbol) {
        return symbol.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
