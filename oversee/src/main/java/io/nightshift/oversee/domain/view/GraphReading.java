package io.nightshift.oversee.domain.view;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.GraphEntry;
import io.nightshift.oversee.domain.view.GraphView.Edge;
import io.nightshift.oversee.domain.view.GraphView.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Colours the service graph by the anomalies and incidents that are open. */
final class GraphReading {

    private final Map<String, Integer> anomalies = new HashMap<>();
    private final Set<String> paging = new HashSet<>();
    private final Set<String> roots = new HashSet<>();
    private final Set<String> links = new HashSet<>();

    GraphReading anomaly(Anomaly anomaly) {
        if (anomaly.getPhase() != AnomalyPhase.CLEAR) {
            anomalies.merge(Words.serviceOf(anomaly.getSubject()), 1, Integer::sum);
        }
        return this;
    }

    /** Takes an open incident. */
    GraphReading incident(Collection<String> services, boolean pages, List<String> chain) {
        if (pages) {
            paging.addAll(services);
        }
        if (!chain.isEmpty()) {
            roots.add(chain.get(0));
        }
        for (int i = 1; i < chain.size(); i++) {
            links.add(link(chain.get(i - 1), chain.get(i)));
            links.add(link(chain.get(i), chain.get(i - 1)));
        }
        return this;
    }

    GraphView read(Collection<GraphEntry> entries) {
        Map<String, Node> nodes = new TreeMap<>();
        List<Edge> edges = new ArrayList<>();
        for (GraphEntry entry : entries) {
            String service = Words.serviceOf(entry.getSubject());
            String peer = entry.getSubject().getPeer();
            if (peer == null) {
                nodes.put(service, node(service, entry.getVersion(), entry.getInstances()));
            } else {
                edges.add(new Edge(
                        service,
                        peer,
                        entry.getCallsPerSecond(),
                        entry.getErrorRatio(),
                        entry.getP95Millis(),
                        links.contains(link(service, peer))));
            }
        }
        for (Edge edge : edges) {
            nodes.computeIfAbsent(edge.from(), id -> node(id, null, List.of()));
            nodes.computeIfAbsent(edge.to(), id -> node(id, null, List.of()));
        }
        return new GraphView(List.copyOf(nodes.values()), edges);
    }

    private Node node(String id, String version, List<String> instances) {
        int open = anomalies.getOrDefault(id, 0);
        String health = open == 0 ? "well" : paging.contains(id) ? "bad" : "warn";
        return new Node(
                id,
                Words.serviceName(id),
                version == null ? "" : version,
                List.copyOf(instances),
                health,
                roots.contains(id),
                open);
    }

    private static String link(String from, String to) {
        return from + " " + to;
    }
}
