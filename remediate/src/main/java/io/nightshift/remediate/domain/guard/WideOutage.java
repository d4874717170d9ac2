package io.nightshift.remediate.domain.guard;

import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** When more is wrong than this incident explains, repairing one service may make it worse: a person decides what to do.
 * More than a set share of the fleet, or a second unrelated root where there are fewer than ten services. */
public final class WideOutage implements Guard {

    /** From so many services on, a share says more than a count of roots. */
    private static final int FLEET = 10;

    @Override
    public String id() {
        return "wide-outage";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        Incident incident = situation.incident();
        Set<String> explained = new HashSet<>(situation.chain());
        explained.retainAll(incident.getServices());
        int unexplained = Math.max(0, incident.getUnhealthyServices() - explained.size());
        if (incident.getKnownServices() >= FLEET) {
            double share = (double) unexplained / incident.getKnownServices();
            return share > situation.settings().wideOutageShare()
                    ? Objection.notNow(
                            id(),
                            unexplained + " of " + incident.getKnownServices()
                                    + " services are unhealthy beyond this incident")
                    : Objection.none();
        }
        return situation.incidents().stream()
                .filter(other -> !other.getId().equals(incident.getId()) && isOpen(other) && other.getPages())
                .filter(other -> Collections.disjoint(other.getServices(), situation.chain())
                        && Collections.disjoint(other.getServices(), incident.getServices()))
                .findFirst()
                .flatMap(other ->
                        Objection.notNow(id(), "another incident with a root of its own is open: " + other.getId()));
    }

    private static boolean isOpen(Incident incident) {
        return incident.getPhase() == IncidentPhase.OPEN || incident.getPhase() == IncidentPhase.UPDATE;
    }
}
