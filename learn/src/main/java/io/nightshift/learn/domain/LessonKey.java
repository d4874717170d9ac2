package io.nightshift.learn.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Experience;
import io.nightshift.events.Lesson;

/** What a lesson is about; its text form {@code fingerprint|cause class|action|service} is the key in {@code lessons}. */
public record LessonKey(String fingerprint, CauseClass causeClass, ActionKind action, String service) {

    public static LessonKey of(Experience experience) {
        return new LessonKey(
                experience.getFingerprint(),
                experience.getCauseClass(),
                experience.getAction(),
                experience.getService());
    }

    public static LessonKey of(Lesson lesson) {
        return new LessonKey(lesson.getFingerprint(), lesson.getCauseClass(), lesson.getAction(), lesson.getService());
    }

    @Override
    public String toString() {
        return fingerprint + "|" + causeClass + "|" + action + "|" + service;
    }
}
