package io.nightshift.remediate.domain;

import java.util.Optional;

/** One reason not to act, or not without a person. Pure: the same situation gives the same answer. */
public interface Guard {

    /** Stable name, as it stands in verdicts. */
    String id();

    Optional<Objection> judge(Situation situation);
}
