package io.nightshift.detect.domain.correlate;

import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The service graph of one environment, as correlation needs it: who is near whom. */
public final class Neighbourhood {

    private final Map<String, GraphEntry> entries = new HashMap<>();
    private final Map<String, Set<String>> callees = new HashMap<>();
    private final Map<String, Set<String>> callers = new HashMap<>();

    public void accept(GraphEntry entry) {
        EntityRef subject = entry.getSubject();
        String service = service(subject);
        String key = subject.getPeer() == null ? service : service + ">" + subject.getPeer();
        if (entry.getValidTo() != null) {
            entries.remove(key);
        } else {
            entries.put(key, entry);
        }
        if (subject.getPeer() != null) {
            link(callees, service, subject.getPeer(), entry.getValidTo() == null);
            link(callers, subject.getPeer(), service, entry.getValidTo() == null);
        }
    }

    private static void link(Map<String, Set<String>> links, String from, String to, boolean present) {
        Set<String> targets = links.computeIfAbsent(from, f -> new HashSet<>());
        if (present) {
            targets.add(to);
        } else {
            targets.remove(to);
        }
    }

    /** Services within so many calls in either direction, the service itself included. */
    public Set<String> near(String service, int hops) {
        Set<String> reached = new HashSet<>(Set.of(service));
        Set<String> frontier = reached;
        for (int hop = 0; hop < hops; hop++) {
            Set<String> next = new HashSet<>();
            for (String from : frontier) {
                next.addAll(callees.getOrDefault(from, Set.of()));
                next.addAll(callers.getOrDefault(from, Set.of()));
            }
            next.removeAll(reached);
            reached.addAll(next);
            frontier = next;
        }
        return reached;
    }

    public Set<String> calleesOf(String service) {
        return callees.getOrDefault(service, Set.of());
    }

    public int knownServices() {
        return (int) entries.values().stream()
                .filter(e -> e.getSubject().getPeer() == null)
                .count();
    }

    /** Instances of a service that were seen lately. */
    public int instancesOf(String service) {
        GraphEntry entry = entries.get(service);
        return entry == null ? 0 : entry.getInstances().size();
    }

    /** Entries that touch these services and lived at some time, at most so many: services first, then busy edges. */
    public List<GraphEntry> around(Collection<String> services, Instant at, int limit) {
        List<GraphEntry> around = new ArrayList<>();
        for (GraphEntry entry : entries.values()) {
            EntityRef subject = entry.getSubject();
            boolean touches = services.contains(service(subject)) || services.contains(subject.getPeer());
            if (touches) {
                around.add(entry);
            }
        }
        around.sort((a, b) -> {
            boolean edgeA = a.getSubject().getPeer() != null;
            boolean edgeB = b.getSubject().getPeer() != null;
            if (edgeA != edgeB) {
                return edgeA ? 1 : -1;
            }
            int busier = Double.compare(b.getCallsPerSecond(), a.getCallsPerSecond());
            return busier != 0 ? busier : key(a).compareTo(key(b));
        });
        return around.size() > limit ? new ArrayList<>(around.subList(0, limit)) : around;
    }

    private static String key(GraphEntry entry) {
        return service(entry.getSubject()) + ">" + entry.getSubject().getPeer();
    }

    public static String service(EntityRef subject) {
        return subject.getEnvironment() + "/" + subject.getNamespace() + "/" + subject.getService();
    }
}
