package io.nightshift.learn.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.LessonOutcome;
import io.nightshift.events.OutcomeKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an action event teaches, if anything. Only an end teaches: RECOVERED says that the trouble went away, not that it
 * stayed away, so it waits for HELD or RECURRED.
 */
public record Outcome(LessonKey key, LessonOutcome outcome) {

    private static final Map<ActionStatus, OutcomeKind> TAUGHT_BY = new EnumMap<>(Map.of(
            ActionStatus.HELD, OutcomeKind.HELD,
            ActionStatus.RECURRED, OutcomeKind.RECURRED,
            ActionStatus.NOT_RECOVERED, OutcomeKind.INEFFECTIVE,
            ActionStatus.ROLLED_BACK, OutcomeKind.UNDONE));

    /** The outcome stated by this event; empty for events that are not an end, and for what was only shadowed. */
    public static Optional<Outcome> of(ActionEvent event) {
        OutcomeKind kind = TAUGHT_BY.get(event.getStatus());
        if (kind == null || event.getShadow() || event.getFingerprint().isEmpty()) {
            return Optional.empty();
        }
        LessonOutcome outcome = new LessonOutcome(
                event.getIncidentId(), event.getActionId(), kind, event.getAt(), event.getRecoverySeconds());
        return Optional.of(new Outcome(LessonKey.of(event), outcome));
    }
}
