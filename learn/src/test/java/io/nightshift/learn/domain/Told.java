package io.nightshift.learn.domain;

import static io.nightshift.learn.Stories.SERVICE;
import static io.nightshift.learn.Stories.after;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Experience;
import io.nightshift.events.OutcomeKind;
import java.time.Instant;

/** Experiences for tests. */
final class Told {

    private Told() {}

    /** An action that policy let through; known so many minutes into the night, begun a minute before. */
    static Experience.Builder of(String action, OutcomeKind outcome, long minutes) {
        return at(action, outcome, after(minutes));
    }

    static Experience.Builder at(String action, OutcomeKind outcome, Instant at) {
        return Experience.newBuilder()
                .setIncidentId("inc-" + action)
                .setActionId(action)
                .setFingerprint("fp")
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setService(SERVICE)
                .setServiceClass("demo/web")
                .setAction(ActionKind.ROLLING_RESTART)
                .setOutcome(outcome)
                .setAt(at)
                .setStartedAt(at.minusSeconds(60))
                .setAutomatic(true);
    }
}
