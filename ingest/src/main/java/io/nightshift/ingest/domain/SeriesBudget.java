package io.nightshift.ingest.domain;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many series a service may have, so that labels gone wild cannot fill everybody's state. Known series always
 * pass; a new one passes while the service and the whole are below their caps. Two generations: a series that was not
 * seen for one to two periods is forgotten and its place is free again.
 *
 * <p>Identities are 64-bit hashes. Two series with the same hash count as one, which only lets one more pass.
 */
public final class SeriesBudget {
    private final int perService;
    private final int overall;
    private final long periodMicros;

    private Map<String, LongSet> current = new HashMap<>();
    private Map<String, LongSet> previous = new HashMap<>();
    private int currentTotal;
    private int previousTotal;
    private long periodStart = Long.MIN_VALUE;

    /**
     * @param perService most series of one service
     * @param overall most series of all services together
     * @param periodMicros length of a generation, microseconds
     */
    public SeriesBudget(int perService, int overall, long periodMicros) {
        this.perService = perService;
        this.overall = overall;
        this.periodMicros = periodMicros;
    }

    /** Whether a point of this series may pass at this time. */
    public synchronized boolean admits(String service, long series, long nowMicros) {
        turn(nowMicros);
        LongSet now = current.get(service);
        if (now != null && now.contains(series)) {
            return true;
        }
        LongSet before = previous.get(service);
        boolean known = before != null && before.remove(series);
        if (known) {
            previousTotal--;
        } else if (size(now) + size(before) >= perService || currentTotal + previousTotal >= overall) {
            return false;
        }
        current.computeIfAbsent(service, name -> new LongSet()).add(series);
        currentTotal++;
        return true;
    }

    private void turn(long nowMicros) {
        if (periodStart != Long.MIN_VALUE && nowMicros - periodStart < periodMicros) {
            return;
        }
        previous = current;
        previousTotal = currentTotal;
        current = new HashMap<>();
        currentTotal = 0;
        periodStart = nowMicros;
    }

    private static int size(LongSet set) {
        return set == null ? 0 : set.size();
    }

    /** Identity of a series within a service. Attributes count in any order. */
    static long identity(String instance, String name, Map<String, String> attributes) {
        long sum = 0;
        for (Map.Entry<String, String> entry : attributes.entrySet()) {
            sum += mix(hash(entry.getKey()) * 31 + hash(entry.getValue()));
        }
        return mix(sum + 31 * hash(name) + 961 * (instance == null ? 0 : hash(instance)));
    }

    /** FNV-1a, 64 bits, over the characters. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
