package io.nightshift.deploy.demo;

import java.time.Instant;
import java.util.List;

/**
 * What a scenario did, for the judge.
 *
 * @param faultAt when the fault was brought in; null when there was none
 * @param service the service at fault, or empty when there was none
 * @param expectedActions kinds of actions that must have ended HELD, in order; null when the truth says what is right
 * @param truth what was drawn; null when nothing was
 * @param sealed the truth as it was bound at the start; null when nothing was drawn
 */
record Played(Instant faultAt, String service, List<String> expectedActions, Truth truth, Sealed sealed) {

    /** A story that is always the same. */
    Played(Instant faultAt, String service, List<String> expectedActions) {
        this(faultAt, service, expectedActions, null, null);
    }

    /** A story that was drawn. */
    Played(Instant faultAt, Truth truth, Sealed sealed) {
        this(faultAt, truth.service(), null, truth, sealed);
    }
}
