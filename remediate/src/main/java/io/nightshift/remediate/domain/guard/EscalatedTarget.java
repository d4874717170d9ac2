package io.nightshift.remediate.domain.guard;

import io.nightshift.events.ActionStatus;
import io.nightshift.remediate.domain.ActionEvents;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Where a repair ended with a person, or had to be taken back, a person decides about the next within a day. */
public final class EscalatedTarget implements Guard {

    private static final Set<ActionStatus> FAILED_REPAIRS =
            EnumSet.of(ActionStatus.ESCALATED, ActionStatus.ROLLED_BACK);

    @Override
    public String id() {
        return "escalated-target";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        Instant since = situation.now().minus(Duration.ofDays(1));
        return situation.others().stream()
                .filter(other ->
                        other.getEvent().getTarget().equals(situation.plan().getTarget()))
                .filter(other -> FAILED_REPAIRS.contains(other.getEvent().getStatus()) && other.getEffectAt() != null)
                .filter(other -> other.getEvent().getAt().isAfter(since))
                .findFirst()
                .flatMap(other -> Objection.ask(
                        id(),
                        "the last action on the target was "
                                + ActionEvents.name(other.getEvent().getStatus()) + ": "
                                + other.getEvent().getActionId()));
    }
}
