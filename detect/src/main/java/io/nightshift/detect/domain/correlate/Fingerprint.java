package io.nightshift.detect.domain.correlate;

import io.nightshift.events.AnomalyKind;
import io.nightshift.schemas.CauseHash;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What makes two incidents alike, without times, instances and the luck of which symptom crossed its threshold: the services
 * at the root with the kind of their trouble. Saturated services name the structure where there are any; else the services
 * in trouble whose callees are not.
 */
final class Fingerprint {

    private Fingerprint() {}

    static String of(Collection<Member> members, Neighbourhood graph) {
        TreeSet<String> structure = members.stream()
                .filter(m -> m.kind() == AnomalyKind.SATURATION || m.kind() == AnomalyKind.EXHAUSTION)
                .map(m -> m.service() + ":SATURATION")
                .collect(Collectors.toCollection(TreeSet::new));
        if (structure.isEmpty()) {
            Set<String> troubled = members.stream()
                    .filter(m -> m.weight() != Weight.HINT)
                    .map(Member::service)
                    .collect(Collectors.toSet());
            members.stream()
                    .filter(m -> m.weight() != Weight.HINT)
                    .filter(m -> graph.calleesOf(m.service()).stream().noneMatch(troubled::contains))
                    .map(m -> m.service() + ":" + family(m.kind()))
                    .forEach(structure::add);
        }
        if (structure.isEmpty()) {
            members.forEach(m -> structure.add(m.service() + ":" + m.kind()));
        }
        return CauseHash.id("fp", structure.toArray());
    }

    private static String family(AnomalyKind kind) {
        return kind == AnomalyKind.ERRORS || kind == AnomalyKind.LATENCY ? "REQUESTS" : kind.name();
    }
}
