package io.nightshift.detect.domain.graph;

import io.nightshift.events.EdgeSide;
import io.nightshift.events.EntityRef;
import io.nightshift.events.HalfEdge;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Brings the two ends of a call together by the client span's id. Halves wait for half a minute, at most so many; what found
 * no other half is counted.
 */
public final class EdgeMatcher {

    private static final long WAIT_MICROS = TimeUnit.SECONDS.toMicros(30);
    private static final int MAX_WAITING = 50_000;

    /** A call with both ends known, or a client's call to an address whose service is declared. */
    public record Call(EntityRef caller, String callee, long endMicros, long durationMicros, boolean failed) {}

    private record Waiting(HalfEdge half, long sinceMicros) {}

    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, String> byAddress;
    private long nowMicros;
    private long unmatched;

    public EdgeMatcher(Map<String, String> byAddress) {
        this.byAddress = new HashMap<>(byAddress);
    }

    /** Takes one half; the call, when it completes one. */
    public Optional<Call> accept(HalfEdge half) {
        String key = half.getSpanId();
        Waiting other = waiting.get(key);
        if (other == null) {
            if (waiting.size() >= MAX_WAITING) {
                unmatched++;
                return Optional.empty();
            }
            waiting.put(key, new Waiting(half, nowMicros));
            return Optional.empty();
        }
        if (other.half().getSide() == half.getSide()) {
            return Optional.empty();
        }
        waiting.remove(key);
        return Optional.of(
                half.getSide() == EdgeSide.CLIENT
                        ? call(half, id(other.half().getService()))
                        : call(other.half(), id(half.getService())));
    }

    /** Moves time on; a client half that waited in vain still makes a call where its address is declared. */
    public Map<String, Call> time(long nowMicros) {
        this.nowMicros = Math.max(this.nowMicros, nowMicros);
        Map<String, Call> byFallback = new LinkedHashMap<>();
        for (Iterator<Waiting> all = waiting.values().iterator(); all.hasNext(); ) {
            Waiting next = all.next();
            if (this.nowMicros - next.sinceMicros() < WAIT_MICROS) {
                break;
            }
            all.remove();
            unmatched++;
            String callee = byAddress.get(next.half().getPeerAddress());
            if (next.half().getSide() == EdgeSide.CLIENT && callee != null) {
                byFallback.put(next.half().getSpanId(), call(next.half(), callee));
            }
        }
        return byFallback;
    }

    public long unmatched() {
        return unmatched;
    }

    private static Call call(HalfEdge client, String callee) {
        return new Call(
                client.getService(),
                callee,
                client.getStartMicros() + client.getDurationMicros(),
                client.getDurationMicros(),
                client.getFailed());
    }

    private static String id(EntityRef service) {
        return service.getEnvironment() + "/" + service.getNamespace() + "/" + service.getService();
    }
}
