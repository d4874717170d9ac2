package io.nightshift.shop.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * How an instance fares by its own count, for probes: what it failed by itself and how long it took by itself over the last
 * 15 seconds, callees not counted, and how much of its connection pools is taken. Goes past all telemetry.
 */
final class Vitals {
    private static final long WINDOW_NANOS = 15_000_000_000L;
    private static final int MOST = 4_000;

    private final ThreadLocal<long[]> elsewhere = ThreadLocal.withInitial(() -> new long[1]);
    private final Deque<Served> served = new ArrayDeque<>();
    private final List<ConnectionPool> pools = new ArrayList<>();

    private record Served(long at, double ownMillis, boolean failed) {}

    void watch(ConnectionPool pool) {
        pools.add(pool);
    }

    /** The pool of the callee that this service cannot do without. */
    ConnectionPool firstPool() {
        return pools.get(0);
    }

    /** The current request begins. */
    void begin() {
        elsewhere.get()[0] = 0;
    }

    /** The current request waited so long for an answer from elsewhere. */
    void waited(long nanos) {
        elsewhere.get()[0] += nanos;
    }

    /** @param failed whether it failed by itself, and not because of what a callee answered */
    void end(long nanos, boolean failed) {
        Served one = new Served(System.nanoTime(), (nanos - elsewhere.get()[0]) / 1e6, failed);
        synchronized (served) {
            served.addLast(one);
            forget(one.at());
        }
    }

    private void forget(long now) {
        while (!served.isEmpty() && (now - served.peekFirst().at() > WINDOW_NANOS || served.size() > MOST)) {
            served.removeFirst();
        }
    }

    String asJson() {
        double[] own;
        long failed;
        synchronized (served) {
            forget(System.nanoTime());
            own = served.stream().mapToDouble(Served::ownMillis).sorted().toArray();
            failed = served.stream().filter(Served::failed).count();
        }
        ConnectionPool fullest = pools.stream()
                .max((a, b) -> Double.compare(a.used() / (double) a.size(), b.used() / (double) b.size()))
                .orElse(null);
        return String.format(
                Locale.ROOT,
                "{\"requests\":%d,\"failed\":%d,\"ownMillis\":%.1f,\"pool\":\"%s\",\"used\":%d,\"size\":%d}",
                own.length,
                failed,
                own.length == 0 ? 0 : own[own.length / 2],
                fullest == null ? "" : fullest.name(),
                fullest == null ? 0 : fullest.used(),
                fullest == null ? 0 : fullest.size());
    }
}
