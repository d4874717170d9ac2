package io.nightshift.deploy.demo;

import java.time.Instant;
import java.util.List;

/**
 * What a scenario did, for the judge.
 *
 * @param faultAt when the fault was brought in; null when there was none
 * @param truth the service at fault, or empty when there was none
 * @param expectedActions kinds of actions that must have ended HELD, in order
 */
record Played(Instant faultAt, String truth, List<String> expectedActions) {}
