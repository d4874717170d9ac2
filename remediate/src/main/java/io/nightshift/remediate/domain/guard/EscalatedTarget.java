package io.nightshift.remediate.domain.guard;

import io.nightshift.events.ActionStatus;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Where the last repair ended with a person, a person decides about the next within a day. */
public final class EscalatedTarget implements Guard {

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
                .filter(other -> other.getEvent().getStatus() == ActionStatus.ESCALATED && other.getEffectAt() != null)
                .filter(other -> other.getEvent().getAt().isAfter(since))
                .findFirst()
                .flatMap(other -> Objection.ask(
                        id(),
                        "the last action on the target was escalated: "
                                + other.getEvent().getActionId()));
    }
}
