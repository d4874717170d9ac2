package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.schemas.ServiceKey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who calls a service or is called by it, as an incident's part of the service graph shows. */
public final class Neighbours {

    private Neighbours() {}

    /** Those of an action's target, in its incident. */
    static List<String> of(ActionEvent action, AdmissionMemory memory) {
        return memory.incident(action.getIncidentId())
                .map(incident -> List.copyOf(of(action.getTarget(), incident)))
                .orElse(List.of());
    }

    /** @return services as environment/namespace/service, in the order of their names */
    public static Set<String> of(String service, Incident incident) {
        Set<String> neighbours = new TreeSet<>();
        for (GraphEntry entry : incident.getGraph()) {
            String peer = entry.getSubject().getPeer();
            if (peer == null) {
                continue;
            }
            String caller = ServiceKey.of(entry.getSubject()).toString();
            if (caller.equals(service)) {
                neighbours.add(peer);
            } else if (peer.equals(service)) {
                neighbours.add(caller);
            }
        }
        return neighbours;
    }
}
