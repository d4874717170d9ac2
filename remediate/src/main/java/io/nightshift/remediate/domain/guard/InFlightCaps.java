package io.nightshift.remediate.domain.guard;

import io.nightshift.events.ActionState;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.GuardSettings;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** Caps on what is in flight at once, per service, failure domain and environment. */
public final class InFlightCaps implements Guard {

    @Override
    public String id() {
        return "in-flight-caps";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        long service = 0;
        long domain = 0;
        String failureDomain = situation.service().failureDomain();
        for (ActionState other : situation.inFlight()) {
            String target = other.getEvent().getTarget();
            service += target.equals(situation.plan().getTarget()) ? 1 : 0;
            boolean shares = !failureDomain.isEmpty()
                    && situation.inventory().service(target).stream()
                            .anyMatch(declared -> declared.failureDomain().equals(failureDomain));
            domain += shares ? 1 : 0;
        }
        GuardSettings caps = situation.settings();
        if (service >= caps.perServiceInFlight()) {
            return Objection.notNow(id(), service + " actions are in flight on the service");
        }
        if (domain >= caps.perDomainInFlight()) {
            return Objection.notNow(id(), domain + " actions are in flight in failure domain " + failureDomain);
        }
        return situation.inFlight().size() >= caps.perEnvironmentInFlight()
                ? Objection.notNow(id(), situation.inFlight().size() + " actions are in flight in the environment")
                : Objection.none();
    }
}
