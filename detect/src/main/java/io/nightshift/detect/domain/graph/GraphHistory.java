package io.nightshift.detect.domain.graph;

import io.nightshift.events.GraphEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The service graph as it was at any time, from the records of the topic {@code topology} in any order. */
public final class GraphHistory {

    private final Map<String, GraphEntry> intervals = new HashMap<>();

    /** Takes a record; a later one of the same interval replaces an earlier one. */
    public void accept(GraphEntry entry) {
        intervals.merge(
                ServiceGraph.interval(entry),
                entry,
                (before, now) -> now.getLastSeen().isBefore(before.getLastSeen()) ? before : now);
    }

    /**
     * Services and edges that were there at this time: services first, each sort by name. Rates are those of the last record
     * of the interval; of a time long past they are not known.
     */
    public List<GraphEntry> at(Instant time) {
        return intervals.values().stream()
                .filter(entry ->
                        !entry.getValidFrom().isAfter(time) && !end(entry).isBefore(time))
                .sorted(Comparator.comparing(
                                (GraphEntry entry) -> entry.getSubject().getPeer() != null)
                        .thenComparing(entry -> ServiceGraph.key(entry.getSubject())))
                .toList();
    }

    /** The beginning of what is known; empty when nothing is. */
    public Optional<Instant> since() {
        return intervals.values().stream().map(GraphEntry::getValidFrom).min(Comparator.naturalOrder());
    }

    /** A service that is spread over partitions has an entry of each, with the instances that it sees. */
    private static GraphEntry both(GraphEntry a, GraphEntry b) {
        GraphEntry later = a.getLastSeen().isBefore(b.getLastSeen()) ? b : a;
        TreeSet<String> instances = new TreeSet<>(a.getInstances());
        instances.addAll(b.getInstances());
        return GraphEntry.newBuilder(later)
                .setValidFrom(a.getValidFrom().isBefore(b.getValidFrom()) ? a.getValidFrom() : b.getValidFrom())
                .setInstances(List.copyOf(instances))
                .build();
    }

    /** One whose keeper died is not ended by anybody, and not held to live for ever. */
    private static Instant end(GraphEntry entry) {
        return entry.getValidTo() != null
                ? entry.getValidTo()
                : entry.getLastSeen().plus(ServiceGraph.GONE);
    }
}
