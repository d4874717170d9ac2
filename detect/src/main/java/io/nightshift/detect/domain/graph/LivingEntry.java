package io.nightshift.detect.domain.graph;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A service or an edge that lives; becomes a record, within the topic's 4 KiB, only when it is to be said. */
final class LivingEntry {

    private static final int MAX_INSTANCES = 64;
    /** What subject, version and numbers leave of the record. */
    private static final int INSTANCE_BYTES = 2_500;

    private static final int MAX_TRACKED = 200;
    private static final int VERSION_LENGTH = 100;
    private static final double FORGETTING = 0.2;

    private final EntityRef subject;
    private final long validFromMillis;
    private final Map<String, Long> instances = new HashMap<>();
    private long lastSeenMillis;
    private String version;
    private double callsPerSecond;
    private double errorRatio;
    private double p95Millis;
    private boolean changed = true;
    private long saidMillis = Long.MIN_VALUE;

    LivingEntry(EntityRef subject, long validFromMillis) {
        this.subject = subject;
        this.validFromMillis = validFromMillis;
        this.lastSeenMillis = validFromMillis;
    }

    static LivingEntry restore(GraphEntry said) {
        LivingEntry entry =
                new LivingEntry(said.getSubject(), said.getValidFrom().toEpochMilli());
        entry.lastSeenMillis = said.getLastSeen().toEpochMilli();
        said.getInstances().forEach(instance -> entry.instances.put(instance, entry.lastSeenMillis));
        entry.version = said.getVersion();
        entry.rates(said);
        entry.changed = false;
        return entry;
    }

    void seen(String instance, String release, long atMillis) {
        lastSeenMillis = Math.max(lastSeenMillis, atMillis);
        if (instance != null && (instances.containsKey(instance) || instances.size() < MAX_TRACKED)) {
            changed |= instances.put(instance, lastSeenMillis) == null;
        }
        if (release != null && !release.equals(version)) {
            String bounded = Bounded.text(release, VERSION_LENGTH);
            changed |= !Objects.equals(bounded, version);
            version = bounded;
        }
    }

    /** Calls on an edge were added up: rates move towards them. */
    void seen(GraphEntry sums) {
        lastSeenMillis = Math.max(lastSeenMillis, sums.getLastSeen().toEpochMilli());
        if (saidMillis == Long.MIN_VALUE && changed) {
            rates(sums);
        } else {
            callsPerSecond += FORGETTING * (sums.getCallsPerSecond() - callsPerSecond);
            errorRatio += FORGETTING * (sums.getErrorRatio() - errorRatio);
            p95Millis += FORGETTING * (sums.getP95Millis() - p95Millis);
        }
    }

    private void rates(GraphEntry of) {
        callsPerSecond = of.getCallsPerSecond();
        errorRatio = of.getErrorRatio();
        p95Millis = of.getP95Millis();
    }

    long lastSeenMillis() {
        return lastSeenMillis;
    }

    /** Whether it is to be said: after so long when it changed, after so long when it did not. */
    boolean isDue(long changedMillis, long unchangedMillis) {
        return saidMillis == Long.MIN_VALUE
                || lastSeenMillis - saidMillis >= (changed ? changedMillis : unchangedMillis);
    }

    /** The record; instances that were not seen since then are dropped. */
    GraphEntry said(long sinceMillis) {
        changed = false;
        saidMillis = lastSeenMillis;
        instances.values().removeIf(seen -> seen < sinceMillis);
        return record(null);
    }

    GraphEntry ended() {
        return record(Instant.ofEpochMilli(lastSeenMillis));
    }

    private GraphEntry record(Instant validTo) {
        return GraphEntry.newBuilder()
                .setSubject(subject)
                .setValidFrom(Instant.ofEpochMilli(validFromMillis))
                .setValidTo(validTo)
                .setLastSeen(Instant.ofEpochMilli(lastSeenMillis))
                .setInstances(latest())
                .setVersion(version)
                .setCallsPerSecond(callsPerSecond)
                .setErrorRatio(errorRatio)
                .setP95Millis(p95Millis)
                .build();
    }

    /** Those seen last that find room, by name. */
    private List<String> latest() {
        List<Map.Entry<String, Long>> newest = new ArrayList<>(instances.entrySet());
        newest.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        List<String> kept = new ArrayList<>();
        int bytes = 0;
        for (Map.Entry<String, Long> instance : newest) {
            int size = 3 + instance.getKey().getBytes(StandardCharsets.UTF_8).length;
            if (kept.size() < MAX_INSTANCES && bytes + size <= INSTANCE_BYTES) {
                kept.add(instance.getKey());
                bytes += size;
            }
        }
        kept.sort(null);
        return kept;
    }
}
