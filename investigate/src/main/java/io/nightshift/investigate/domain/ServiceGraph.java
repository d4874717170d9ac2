package io.nightshift.investigate.domain;

import io.nightshift.events.GraphEntry;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who calls whom, as of the incident's onset. Services by environment/namespace/service. */
public final class ServiceGraph {

    private final Map<String, Set<String>> callees = new HashMap<>();
    private final Map<String, Set<String>> callers = new HashMap<>();
    private final Map<String, Set<String>> instances = new HashMap<>();

    public static ServiceGraph of(Collection<GraphEntry> entries) {
        ServiceGraph graph = new ServiceGraph();
        for (GraphEntry entry : entries) {
            String service = ServiceKey.of(entry.getSubject()).toString();
            String peer = entry.getSubject().getPeer();
            if (peer == null) {
                graph.instances.computeIfAbsent(service, any -> new TreeSet<>()).addAll(entry.getInstances());
            } else if (!peer.equals(service)) {
                graph.connect(service, peer);
            }
        }
        return graph;
    }

    void connect(String caller, String callee) {
        callees.computeIfAbsent(caller, any -> new TreeSet<>()).add(callee);
        callers.computeIfAbsent(callee, any -> new TreeSet<>()).add(caller);
    }

    public Set<String> callees(String service) {
        return callees.getOrDefault(service, Set.of());
    }

    public Set<String> callers(String service) {
        return callers.getOrDefault(service, Set.of());
    }

    /** Instances seen of a service; empty when none was named. */
    public Set<String> instances(String service) {
        return instances.getOrDefault(service, Set.of());
    }

    /** Whether the service sends telemetry of its own: it was seen as a node, or it calls somebody. */
    public boolean reports(String service) {
        return instances.containsKey(service) || callees.containsKey(service);
    }

    public Set<String> services() {
        Set<String> all = new TreeSet<>(instances.keySet());
        all.addAll(callees.keySet());
        all.addAll(callers.keySet());
        return all;
    }

    /** Everything that the service calls, directly or through others, without itself. */
    public Set<String> downstream(String service) {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(callees(service));
        while (!open.isEmpty()) {
            String next = open.poll();
            if (!next.equals(service) && seen.add(next)) {
                open.addAll(callees(next));
            }
        }
        return seen;
    }

    /** The service and its direct callers and callees. */
    public Set<String> around(Collection<String> services) {
        Set<String> near = new HashSet<>(services);
        services.forEach(service -> {
            near.addAll(callees(service));
            near.addAll(callers(service));
        });
        return near;
    }

    /**
     * The failure chain from a cause to the users: from callee to caller, always to the most affected caller that is affected
     * at all.
     *
     * @param affected how much each affected service suffers; services that are not in it are healthy
     */
    public List<String> chain(String cause, Map<String, Double> affected) {
        Set<String> chain = new LinkedHashSet<>(List.of(cause));
        String at = cause;
        while (at != null) {
            at = callers(at).stream()
                    .filter(caller -> affected.containsKey(caller) && !chain.contains(caller))
                    .max((a, b) -> Double.compare(affected.get(a), affected.get(b)))
                    .orElse(null);
            if (at != null) {
                chain.add(at);
            }
        }
        return List.copyOf(chain);
    }
}
