package io.nightshift.investigate.domain.measure;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Raw observations around an onset, of every entity that might be the cause.
 *
 * @param callees who calls whom
 * @param gauges resources
 * @param requests requests served
 * @param edges time between clients and servers, minute by minute
 * @param usual traces of a time without trouble
 * @param now traces from the onset on
 * @param alarms alarms of this window and of earlier ones
 */
public record Observations(
        Map<String, Set<String>> callees,
        List<Gauge> gauges,
        List<Requests> requests,
        List<EdgeTimes> edges,
        Traces usual,
        Traces now,
        Alarms alarms) {

    public Observations {
        callees = Map.copyOf(callees);
        gauges = List.copyOf(gauges);
        requests = List.copyOf(requests);
        edges = List.copyOf(edges);
    }
}
