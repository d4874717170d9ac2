package io.nightshift.learn.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;

/** What a lesson is about; its text form {@code fingerprint|cause class|action|service} is the key in {@code lessons}. */
public record LessonKey(String fingerprint, CauseClass causeClass, ActionKind action, String service) {

    public static LessonKey of(ActionEvent event) {
        return new LessonKey(event.getFingerprint(), event.getCauseClass(), event.getAction(), event.getService());
    }

    @Override
    public String toString() {
        return fingerprint + "|" + causeClass + "|" + action + "|" + service;
    }
}
