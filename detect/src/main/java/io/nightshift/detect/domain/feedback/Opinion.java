package io.nightshift.detect.domain.feedback;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person says about an anomaly. */
public enum Opinion {
    /** It is no problem: this series is to be judged less sharply. */
    NOT_A_PROBLEM,
    /** It was told too late or too weakly, or not at all: this series is to be judged more sharply. */
    MISSED;

    /** As people and control records write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Opinion> of(String word) {
        return Arrays.stream(values())
                .filter(opinion -> opinion.word().equals(word))
                .findFirst();
    }
}
