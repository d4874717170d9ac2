package io.nightshift.schemas.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is remembered of ids that the registry says it does not know. A registry that has just started says so of ids that it
 * knows; a poison record names ids that nobody ever registered. So an unknown id is asked for again for a while, once, and
 * then refused for {@link #REFUSED_FOR} without asking; and all such waiting together takes at most {@link #PATIENCE} of each
 * {@link #REFUSED_FOR}, so that poison can't stall a stream for long.
 */
final class UnknownIds {

    static final Duration PATIENCE = Duration.ofSeconds(6);
    static final Duration REFUSED_FOR = Duration.ofMinutes(1);
    static final int REMEMBERED = 1_000;

    private final Map<Integer, Refused> refused = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Refused> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long periodFromNanos;
    private long waitedNanos;

    private record Refused(RegistryException answer, long atNanos) {}

    /** Throws the remembered refusal of this id, while it stands. */
    synchronized void check(int id, long nowNanos) {
        Refused last = refused.get(id);
        if (last != null && nowNanos - last.atNanos() < REFUSED_FOR.toNanos()) {
            throw RegistryException.refused(last.answer().getMessage(), last.answer());
        }
    }

    synchronized void refuse(int id, RegistryException answer, long nowNanos) {
        refused.remove(id); // so that it counts as the youngest
        refused.put(id, new Refused(answer, nowNanos));
    }

    /** Takes this wait out of what is left for all; false when that is less. */
    synchronized boolean mayWait(Duration wait, long nowNanos) {
        if (waitedNanos == 0 || nowNanos - periodFromNanos >= REFUSED_FOR.toNanos()) {
            periodFromNanos = nowNanos;
            waitedNanos = 0;
        }
        if (waitedNanos + wait.toNanos() > PATIENCE.toNanos()) {
            return false;
        }
        waitedNanos += wait.toNanos();
        return true;
    }
}
