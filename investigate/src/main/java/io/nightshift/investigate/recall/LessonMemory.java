package io.nightshift.investigate.recall;

import io.nightshift.events.Lesson;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lessons with the direction of their symptoms, each in {@value #DIMENSIONS} bytes beside a record without free text. Bounded:
 * the lesson that changed longest ago goes first. Any thread may use it.
 */
final class LessonMemory {

    static final int DIMENSIONS = 384;

    /** About ten megabytes; what is learned in years stays far below. */
    static final int MOST = 10_000;

    private static final int OUTCOMES = 1;

    private record Kept(Lesson lesson, byte[] direction, int symptoms) {}

    private final int most;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /** @param most lessons that are kept */
    LessonMemory(int most) {
        this.most = most;
    }

    /** Whether the symptoms are those that the lesson was kept with. */
    synchronized boolean knows(String key, Lesson lesson) {
        Kept known = kept.get(key);
        return known != null && known.symptoms() == lesson.getSymptoms().hashCode();
    }

    /** Counts have changed, symptoms have not. */
    synchronized void renew(String key, Lesson lesson) {
        Kept known = kept.remove(key);
        if (known != null) {
            kept.put(key, new Kept(slim(lesson), known.direction(), known.symptoms()));
        }
    }

    synchronized void keep(String key, Lesson lesson, float[] meaning) {
        kept.remove(key);
        kept.put(
                key, new Kept(slim(lesson), bytes(meaning), lesson.getSymptoms().hashCode()));
        Iterator<String> oldest = kept.keySet().iterator();
        while (kept.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }

    synchronized void forget(String key) {
        kept.remove(key);
    }

    synchronized int size() {
        return kept.size();
    }

    /**
     * Lessons of an environment whose symptoms come near, the nearest first.
     *
     * @param atLeast cosine, −1 to 1, below which nothing comes near
     */
    synchronized List<Lesson> near(String environment, float[] meaning, double atLeast, int count) {
        record Near(String key, Lesson lesson, double cosine) {}
        byte[] asked = bytes(meaning);
        return kept.entrySet().stream()
                .filter(entry -> entry.getValue().lesson().getService().startsWith(environment + "/"))
                .map(entry -> new Near(
                        entry.getKey(),
                        entry.getValue().lesson(),
                        cosine(asked, entry.getValue().direction())))
                .filter(near -> near.cosine() >= atLeast)
                .sorted(Comparator.comparingDouble(Near::cosine).reversed().thenComparing(Near::key))
                .limit(count)
                .map(Near::lesson)
                .toList();
    }

    /** What a remedy is weighed by, without the words. */
    private static Lesson slim(Lesson lesson) {
        return Lesson.newBuilder(lesson)
                .setSymptoms("")
                .setSentence("")
                .setLatest(lesson.getLatest().stream().limit(OUTCOMES).toList())
                .build();
    }

    /** Each part of the direction in 1/127 of the greatest: the cosine changes by less than a hundredth. */
    private static byte[] bytes(float[] vector) {
        float most = 1e-9f;
        for (float part : vector) {
            most = Math.max(most, Math.abs(part));
        }
        byte[] bytes = new byte[vector.length];
        for (int i = 0; i < vector.length; i++) {
            bytes[i] = (byte) Math.round(127 * vector[i] / most);
        }
        return bytes;
    }

    private static double cosine(byte[] one, byte[] other) {
        long product = 0;
        long oneSquared = 0;
        long otherSquared = 0;
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            product += one[i] * other[i];
            oneSquared += one[i] * one[i];
            otherSquared += other[i] * other[i];
        }
        return oneSquared == 0 || otherSquared == 0 ? 0 : product / Math.sqrt((double) oneSquared * otherSquared);
    }
}
