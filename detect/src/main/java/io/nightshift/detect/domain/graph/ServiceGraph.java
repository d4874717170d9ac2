package io.nightshift.detect.domain.graph;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Services and edges as they are seen, each with the interval in which it was. An entry is said again when it changed, and
 * now and then while it lives; one that was not seen for half an hour is ended, and what comes back begins a new interval.
 * Intervals that ended are kept for two weeks, so that {@link GraphHistory} can tell how it was then.
 */
public final class ServiceGraph {

    /** An entry that was not seen for so long is held to have gone when it was seen last. */
    public static final Duration GONE = Duration.ofMinutes(30);

    /** As long as rollups are kept. */
    public static final Duration HISTORY = Duration.ofDays(14);

    private static final long CHANGED_MILLIS = 5_000;
    private static final long UNCHANGED_MILLIS = 45_000;
    private static final int MAX_LIVING = 20_000;
    private static final int MAX_ENDED = 20_000;

    private final Map<String, LivingEntry> living = new HashMap<>();
    private final Map<String, GraphEntry> ended = new LinkedHashMap<>();
    private long refused;

    /**
     * What time did to the graph.
     *
     * @param ended entries with the end of their interval
     * @param forgotten {@link #interval} of entries that are history no more
     */
    public record Passed(List<GraphEntry> ended, List<String> forgotten) {}

    /** Names a service, or an edge. */
    public static String key(EntityRef subject) {
        String service = ServiceKey.of(subject).toString();
        return subject.getPeer() == null ? service : service + ">" + subject.getPeer();
    }

    /** Names an entry: the same service or edge in another interval is another entry. */
    public static String interval(GraphEntry entry) {
        return key(entry.getSubject()) + "|" + entry.getValidFrom().toEpochMilli();
    }

    /** Gives back everything that was said, in any order. */
    public void restore(List<GraphEntry> said) {
        said.stream().sorted(Comparator.comparing(GraphEntry::getLastSeen)).forEach(entry -> {
            if (entry.getValidTo() == null) {
                living.put(key(entry.getSubject()), LivingEntry.restore(entry));
            } else {
                ended.put(interval(entry), entry);
            }
        });
    }

    /**
     * A service sent telemetry; the entry when it is to be said.
     *
     * @param instance of the service, or null
     * @param version of the service, or null
     */
    public Optional<GraphEntry> seen(ServiceKey service, String instance, String version, Instant at) {
        EntityRef subject = Bounded.entity(service.entity(instance));
        EntityRef whole = EntityRef.newBuilder(subject).setInstance(null).build();
        return living(whole, at).flatMap(entry -> {
            entry.seen(subject.getInstance(), version, at.toEpochMilli());
            return due(entry);
        });
    }

    /** Calls on an edge were added up; the entry when it is to be said. */
    public Optional<GraphEntry> seen(GraphEntry sums) {
        return living(sums.getSubject(), sums.getValidFrom()).flatMap(entry -> {
            entry.seen(sums);
            return due(entry);
        });
    }

    /** Ends what was not seen for long, and forgets what ended long ago. */
    public Passed time(Instant now) {
        long gone = now.minus(GONE).toEpochMilli();
        List<GraphEntry> ends = new ArrayList<>();
        living.values().removeIf(entry -> {
            boolean isGone = entry.lastSeenMillis() < gone;
            if (isGone) {
                ends.add(entry.ended());
            }
            return isGone;
        });
        ends.sort(Comparator.comparing(GraphEntry::getValidTo).thenComparing(ServiceGraph::interval));
        ends.forEach(entry -> ended.put(interval(entry), entry));
        List<String> forgotten = new ArrayList<>();
        for (Iterator<GraphEntry> oldest = ended.values().iterator(); oldest.hasNext(); ) {
            GraphEntry entry = oldest.next();
            if (ended.size() <= MAX_ENDED && entry.getValidTo().isAfter(now.minus(HISTORY))) {
                break;
            }
            forgotten.add(interval(entry));
            oldest.remove();
        }
        return new Passed(ends, forgotten);
    }

    /** Services and edges that found no room. */
    public long refused() {
        return refused;
    }

    private Optional<LivingEntry> living(EntityRef subject, Instant from) {
        String key = key(subject);
        LivingEntry entry = living.get(key);
        if (entry == null) {
            if (living.size() >= MAX_LIVING) {
                refused++;
                return Optional.empty();
            }
            entry = new LivingEntry(subject, from.toEpochMilli());
            living.put(key, entry);
        }
        return Optional.of(entry);
    }

    private static Optional<GraphEntry> due(LivingEntry entry) {
        if (!entry.isDue(CHANGED_MILLIS, UNCHANGED_MILLIS)) {
            return Optional.empty();
        }
        return Optional.of(entry.said(entry.lastSeenMillis() - GONE.toMillis()));
    }
}
