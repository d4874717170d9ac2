package io.nightshift.detect.domain.graph;

import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Services and edges as they are seen, each with the interval in which it was. An entry is said again when it changed, and
 * now and then while it lives; one that was not seen for long is ended.
 */
public final class ServiceGraph {

    private static final Duration REFRESH = Duration.ofSeconds(45);
    private static final Duration GONE = Duration.ofMinutes(30);
    private static final int MAX_INSTANCES = 64;
    private static final double FORGETTING = 0.2;

    private final Map<String, GraphEntry> entries = new LinkedHashMap<>();
    private final Map<String, Instant> saidAt = new LinkedHashMap<>();

    public static String key(EntityRef subject) {
        String service = subject.getEnvironment() + "/" + subject.getNamespace() + "/" + subject.getService();
        return subject.getPeer() == null ? service : service + ">" + subject.getPeer();
    }

    public void restore(GraphEntry entry) {
        entries.put(key(entry.getSubject()), entry);
    }

    /** An instance of a service sent telemetry; the entry when it is to be said. */
    public Optional<GraphEntry> seen(EntityRef instance, String version, Instant at) {
        EntityRef service =
                EntityRef.newBuilder(instance).setInstance(null).setPeer(null).build();
        GraphEntry before = entries.get(key(service));
        TreeSet<String> instances = new TreeSet<>(before == null ? List.of() : before.getInstances());
        boolean isNew = before == null;
        if (instance.getInstance() != null && instances.size() < MAX_INSTANCES) {
            isNew |= instances.add(instance.getInstance());
        }
        isNew |= before != null && version != null && !Objects.equals(version, before.getVersion());
        GraphEntry now = GraphEntry.newBuilder()
                .setSubject(service)
                .setValidFrom(before == null ? at : before.getValidFrom())
                .setLastSeen(before == null || at.isAfter(before.getLastSeen()) ? at : before.getLastSeen())
                .setInstances(new ArrayList<>(instances))
                .setVersion(version != null || before == null ? version : before.getVersion())
                .build();
        return keep(now, isNew);
    }

    /** Calls on an edge were added up; the entry when it is to be said. */
    public Optional<GraphEntry> seen(GraphEntry edge) {
        GraphEntry before = entries.get(key(edge.getSubject()));
        if (before == null) {
            return keep(edge, true);
        }
        return keep(
                GraphEntry.newBuilder(edge)
                        .setValidFrom(before.getValidFrom())
                        .setLastSeen(
                                edge.getLastSeen().isAfter(before.getLastSeen())
                                        ? edge.getLastSeen()
                                        : before.getLastSeen())
                        .setCallsPerSecond(smooth(before.getCallsPerSecond(), edge.getCallsPerSecond()))
                        .setErrorRatio(smooth(before.getErrorRatio(), edge.getErrorRatio()))
                        .setP95Millis(smooth(before.getP95Millis(), edge.getP95Millis()))
                        .build(),
                false);
    }

    /** Entries that were not seen for long, ended. */
    public List<GraphEntry> time(Instant now) {
        List<GraphEntry> ended = new ArrayList<>();
        entries.values().removeIf(entry -> {
            boolean gone = entry.getLastSeen().isBefore(now.minus(GONE));
            if (gone) {
                ended.add(GraphEntry.newBuilder(entry)
                        .setValidTo(entry.getLastSeen())
                        .build());
                saidAt.remove(key(entry.getSubject()));
            }
            return gone;
        });
        return ended;
    }

    private Optional<GraphEntry> keep(GraphEntry entry, boolean changed) {
        String key = key(entry.getSubject());
        entries.put(key, entry);
        Instant said = saidAt.get(key);
        if (!changed && said != null && entry.getLastSeen().isBefore(said.plus(REFRESH))) {
            return Optional.empty();
        }
        saidAt.put(key, entry.getLastSeen());
        return Optional.of(entry);
    }

    private static double smooth(double before, double now) {
        return before + FORGETTING * (now - before);
    }
}
