package io.nightshift.detect.topology;

import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.rollup.RollupPart;

/** What a scoring step has to say. */
sealed interface Scored {

    /** To be reported. */
    record Judged(Judgement judgement) implements Scored {}

    /** A service's share of the minute that ended. */
    record Part(RollupPart part) implements Scored {}
}
