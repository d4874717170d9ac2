package io.nightshift.learn.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person says about an incident and what was done about it. */
public enum IncidentVerdict {
    /** What was done or proposed was right. Teaches nothing by itself: only an outcome that held does. */
    GOOD,
    /** What was done did harm; what was only proposed would have been wrong. */
    BAD,
    /** Nothing was wrong, so nothing was to be done. */
    FALSE_ALARM;

    /** As people and control records write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<IncidentVerdict> of(String word) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.word().equals(word))
                .findFirst();
    }
}
