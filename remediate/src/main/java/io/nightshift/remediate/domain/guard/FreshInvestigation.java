package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Old answers, and answers from before the last effect on the target, are not acted on. */
public final class FreshInvestigation implements Guard {

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    @Override
    public String id() {
        return "fresh-investigation";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        Instant finished = situation.investigation().getFinishedAt();
        if (finished.plus(situation.settings().freshness()).isBefore(situation.now())) {
            return Objection.deny(
                    id(),
                    "the investigation is older than " + situation.settings().freshness());
        }
        if (finished.isAfter(situation.now().plus(CLOCK_SKEW))) {
            return Objection.deny(id(), "the investigation claims to be from the future; check the clocks");
        }
        return situation.others().stream()
                .filter(other ->
                        other.getEvent().getTarget().equals(situation.plan().getTarget()))
                .filter(other -> other.getEffectAt() != null && finished.isBefore(other.getEffectAt()))
                .findFirst()
                .flatMap(other -> Objection.deny(
                        id(),
                        "the target was acted on after the investigation: "
                                + other.getEvent().getActionId()));
    }
}
