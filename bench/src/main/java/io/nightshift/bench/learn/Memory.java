package io.nightshift.bench.learn;

import io.nightshift.bench.learn.World.Fault;
import io.nightshift.events.Dossier;
import io.nightshift.events.Experience;
import io.nightshift.events.Lesson;
import io.nightshift.events.Trust;
import io.nightshift.investigate.domain.LessonFit;
import io.nightshift.investigate.domain.LessonRecall;
import io.nightshift.investigate.domain.LessonWeight;
import io.nightshift.learn.domain.Dossiers;
import io.nightshift.learn.domain.Experiences;
import io.nightshift.learn.domain.LessonBook;
import io.nightshift.learn.domain.LessonKey;
import io.nightshift.learn.domain.Promotion;
import io.nightshift.learn.domain.TrustBook;
import io.nightshift.learn.domain.TrustSettings;
import io.nightshift.schemas.trust.Levels;
import io.nightshift.schemas.trust.TrustKey;
import io.nightshift.schemas.trust.TrustReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What learn keeps, made by learn's own domain, without Kafka between. */
final class Memory {

    private final TrustBook book = new TrustBook(TrustSettings.usual());
    private final Map<String, Map<String, Experience>> byLesson = new HashMap<>();
    private final Map<String, Map<String, Experience>> byTrust = new HashMap<>();
    private final Map<String, List<Promotion>> promotions = new HashMap<>();
    private final Map<String, Lesson> lessons = new LinkedHashMap<>();
    private final Map<String, Trust> trust = new TreeMap<>();

    /** Takes what was told of an incident. */
    void tell(String incidentId, UnaryOperator<Dossier> told) {
        Dossier before = Dossiers.empty(incidentId);
        for (Experience change : Experiences.changes(before, told.apply(before))) {
            String lesson = LessonKey.of(change).toString();
            String key = TrustKey.of(change).toString();
            byLesson.computeIfAbsent(lesson, any -> new LinkedHashMap<>()).put(change.getActionId(), change);
            byTrust.computeIfAbsent(key, any -> new LinkedHashMap<>()).put(change.getActionId(), change);
            LessonBook.of(byLesson.get(lesson).values()).ifPresent(made -> lessons.put(lesson, made));
            weigh(key);
        }
    }

    /** A person promotes what is earned. */
    boolean promote(String key, int level, Instant at) {
        promotions
                .computeIfAbsent(key, any -> new ArrayList<>())
                .add(new Promotion("p" + key + at, level, "reviewer", at, null));
        weigh(key);
        return TrustReading.of(trust.get(key), at).level() >= level;
    }

    private void weigh(String key) {
        Collection<Experience> known = byTrust.get(key).values();
        trust.put(
                key,
                book.of(known, promotions.getOrDefault(key, List.of()), List.of())
                        .orElseThrow());
    }

    /** Lessons that production lets count, and how far: recalled for the incident and held against its cause, as there. */
    List<LessonWeight.Weighed> lessons(Fault fault) {
        List<Lesson> recalled =
                LessonRecall.fitting(Told.incident("", fault, Instant.EPOCH), lessons.values(), Told::serviceClass);
        return new LessonFit(fault.fingerprint(), fault.cause(), fault.service().id(), Told::serviceClass).of(recalled);
    }

    int level(TrustKey key, Instant now) {
        Trust known = trust.get(key.toString());
        return known == null ? Levels.ASSIST : TrustReading.of(known, now).level();
    }

    /** How all stands, by key. */
    Map<String, TrustReading> readings(Instant now) {
        Map<String, TrustReading> readings = new TreeMap<>();
        trust.forEach((key, one) -> readings.put(key, TrustReading.of(one, now)));
        return readings;
    }
}
