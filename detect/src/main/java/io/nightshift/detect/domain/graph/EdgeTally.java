package io.nightshift.detect.domain.graph;

import io.nightshift.detect.domain.call.DurationSketch;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Adds up matched calls per edge and hands over the sums every few seconds, so that calls don't travel one by one. */
public final class EdgeTally {

    private static final long EVERY_MICROS = TimeUnit.SECONDS.toMicros(5);
    private static final int MAX_EDGES = 5_000;

    private static final class Sum {
        EntityRef edge;
        long firstMicros;
        long lastMicros;
        int calls;
        int failed;
        final DurationSketch durations = new DurationSketch();
    }

    private final Map<String, Sum> sums = new LinkedHashMap<>();
    private long handedOverMicros;

    public void add(EdgeMatcher.Call call) {
        EntityRef caller = call.caller();
        String key =
                caller.getEnvironment() + "/" + caller.getNamespace() + "/" + caller.getService() + ">" + call.callee();
        if (!sums.containsKey(key) && sums.size() >= MAX_EDGES) {
            return;
        }
        Sum sum = sums.computeIfAbsent(key, k -> new Sum());
        if (sum.edge == null) {
            sum.edge = new EntityRef(
                    caller.getEnvironment(), caller.getNamespace(), caller.getService(), null, call.callee());
            sum.firstMicros = call.endMicros();
        }
        sum.firstMicros = Math.min(sum.firstMicros, call.endMicros());
        sum.lastMicros = Math.max(sum.lastMicros, call.endMicros());
        sum.calls++;
        sum.failed += call.failed() ? 1 : 0;
        sum.durations.add(call.durationMicros());
    }

    /** The sums since the last time, when it is time; else nothing. */
    public List<GraphEntry> time(long nowMicros) {
        if (handedOverMicros == 0) {
            handedOverMicros = nowMicros;
        }
        long passed = nowMicros - handedOverMicros;
        if (passed < EVERY_MICROS) {
            return List.of();
        }
        handedOverMicros = nowMicros;
        List<GraphEntry> entries = new ArrayList<>(sums.size());
        for (Sum sum : sums.values()) {
            entries.add(GraphEntry.newBuilder()
                    .setSubject(sum.edge)
                    .setValidFrom(Instant.ofEpochMilli(sum.firstMicros / 1000))
                    .setLastSeen(Instant.ofEpochMilli(sum.lastMicros / 1000))
                    .setCallsPerSecond(sum.calls * 1e6 / passed)
                    .setErrorRatio((double) sum.failed / sum.calls)
                    .setP95Millis(sum.durations.quantileMillis(0.95))
                    .build());
        }
        sums.clear();
        return entries;
    }
}
