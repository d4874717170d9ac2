package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** Acting alone needs a second kind of signal that telemetry's attacker can't write: a probe declared for the target that
 * can speak for this class of cause. Here it must exist; the executor runs it and needs its support before each effect. */
public final class IndependentSignal implements Guard {

    @Override
    public String id() {
        return "independent-signal";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        boolean declared = situation.service().probes().stream()
                .anyMatch(probe -> probe.supports().contains(situation.plan().getCauseClass()));
        return declared
                ? Objection.none()
                : Objection.ask(
                        id(),
                        "no probe of " + situation.service().id() + " can speak for "
                                + situation.plan().getCauseClass());
    }
}
