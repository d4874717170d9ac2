package io.nightshift.oversee.domain.view;

import java.util.List;

/** The service graph as it is now. */
public record GraphView(List<Node> nodes, List<Edge> edges) {

    /**
     * A service.
     *
     * @param id environment/namespace/service
     * @param health well, warn (an open anomaly) or bad (part of an open incident that pages)
     * @param root whether an open incident's first hypothesis names it as the cause
     */
    public record Node(
            String id,
            String name,
            String version,
            List<String> instances,
            String health,
            boolean root,
            int anomalies) {}

    /**
     * Calls from one service to another.
     *
     * @param errorRatio 0 to 1
     * @param p95Millis milliseconds
     */
    public record Edge(
            String from, String to, double callsPerSecond, double errorRatio, double p95Millis, boolean inChain) {}
}
