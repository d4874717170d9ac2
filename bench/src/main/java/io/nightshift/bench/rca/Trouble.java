package io.nightshift.bench.rca;

import io.nightshift.investigate.domain.measure.Observations;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One moment to ask at: a labelled fault, or a time at which nothing was wrong.
 *
 * @param name where it stands in the data
 * @param at onset
 * @param cause entity that was tampered with; empty for a normal time
 * @param type what was done to it; empty for a normal time
 * @param observations what could be seen, read when asked for
 */
record Trouble(String name, Instant at, String cause, String type, Supplier<Observations> observations) {

    boolean isFault() {
        return !cause.isEmpty();
    }
}
