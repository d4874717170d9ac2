package io.nightshift.investigate.domain.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Time that requests lose between client and server. An edge says that the loss is between two entities and not at which;
 * that shows in their other edges: a slow callee is slow to all who call it, a slow caller on all that it calls.
 */
final class NetworkGap {

    private record Edge(String caller, String callee) {}

    private final Map<Edge, Excess> edges = new HashMap<>();
    private final Map<String, Integer> incoming = new HashMap<>();
    private final Map<String, Integer> outgoing = new HashMap<>();
    private final Map<String, Integer> raisedIncoming = new HashMap<>();
    private final Map<String, Integer> raisedOutgoing = new HashMap<>();

    private NetworkGap(List<Hop> before, List<Hop> after, List<EdgeTimes> minutes) {
        Map<Edge, List<Double>> baseline = byEdge(before);
        byEdge(after).forEach((edge, millis) -> {
            double[] now = array(millis);
            double[] usual = array(baseline.getOrDefault(edge, List.of()));
            note(edge, Excess.moreSignificant(ofCalls(usual, now), Excess.ofTail(usual, now)));
        });
        minutes.forEach(times -> note(
                new Edge(times.caller(), times.callee()), Excess.ofRise(times.before(), new double[0], times.after())));
        edges.forEach((edge, excess) -> {
            incoming.merge(edge.callee(), 1, Integer::sum);
            outgoing.merge(edge.caller(), 1, Integer::sum);
            if (excess.isUnusual()) {
                raisedIncoming.merge(edge.callee(), 1, Integer::sum);
                raisedOutgoing.merge(edge.caller(), 1, Integer::sum);
            }
        });
    }

    /** The median of two or three calls says what one of them met: not how the edge does. */
    private static Excess ofCalls(double[] before, double[] after) {
        return after.length < Quantiles.ENOUGH ? Excess.NONE : Excess.ofRise(before, new double[0], after);
    }

    private void note(Edge edge, Excess excess) {
        edges.merge(edge, excess, Excess::moreSignificant);
    }

    static List<Measured> of(List<Hop> before, List<Hop> after, List<EdgeTimes> minutes) {
        return new NetworkGap(before, after, minutes).split();
    }

    private List<Measured> split() {
        Map<String, Double> volumes = new TreeMap<>();
        Map<String, Double> significance = new HashMap<>();
        Map<String, Double> wobbles = new HashMap<>();
        edges.forEach((edge, excess) -> {
            wobbles.merge(edge.callee(), excess.wobble(), Math::hypot);
            volumes.merge(edge.callee(), 0.0, Double::sum);
            if (excess.isUnusual()) {
                double callee = share(raisedIncoming, incoming, edge.callee());
                double caller = outgoing.get(edge.caller()) < 2 ? 0 : share(raisedOutgoing, outgoing, edge.caller());
                volumes.merge(edge.callee(), excess.volume() * callee / (callee + caller), Double::sum);
                volumes.merge(edge.caller(), excess.volume() * caller / (callee + caller), Double::sum);
                significance.merge(edge.callee(), excess.significance(), Math::max);
                significance.merge(edge.caller(), excess.significance(), Math::max);
            }
        });
        List<Measured> measured = new ArrayList<>();
        volumes.forEach((entity, volume) -> measured.add(Measured.all(
                entity,
                SignKind.GAP,
                new Excess(volume, significance.getOrDefault(entity, 0.0), wobbles.getOrDefault(entity, 0.0)))));
        return measured;
    }

    private static double share(Map<String, Integer> raised, Map<String, Integer> all, String entity) {
        return (double) raised.getOrDefault(entity, 0) / all.get(entity);
    }

    private static Map<Edge, List<Double>> byEdge(List<Hop> hops) {
        Map<Edge, List<Double>> edges = new HashMap<>();
        hops.forEach(hop -> edges.computeIfAbsent(new Edge(hop.caller(), hop.callee()), any -> new ArrayList<>())
                .add(hop.millis()));
        return edges;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
