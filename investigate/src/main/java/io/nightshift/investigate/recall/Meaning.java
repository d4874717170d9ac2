package io.nightshift.investigate.recall;

import java.util.Optional;

/** Makes of a text a direction: texts that mean the same point the same way. */
interface Meaning {

    /**
     * A vector of length 1; empty when no model could be loaded. The first call may take seconds.
     *
     * @param text masked, at most a few hundred characters
     */
    Optional<float[]> of(String text);

    /** Whether the next call answers in milliseconds. */
    boolean isReady();

    /** Why there is no model; empty while there may be one. */
    String trouble();
}
