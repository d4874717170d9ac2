package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An action runs on a target so often a day and no more; then comes the next remedy, or a person. */
public final class DailyCap implements Guard {

    @Override
    public String id() {
        return "daily-cap";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        Instant since = situation.now().minus(Duration.ofDays(1));
        long ran = situation.others().stream()
                .filter(other ->
                        other.getEvent().getTarget().equals(situation.plan().getTarget()))
                .filter(other ->
                        other.getEvent().getAction() == situation.plan().getAction())
                .filter(other ->
                        other.getAdmittedAt() != null && other.getAdmittedAt().isAfter(since))
                .count();
        return ran >= situation.settings().perTargetPerDay()
                ? Objection.deny(
                        id(), situation.plan().getAction() + " ran " + ran + " times on this target in 24 hours")
                : Objection.none();
    }
}
