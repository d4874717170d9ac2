package io.nightshift.shop.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Counts requests by the second in which they were sent. Time is passed in, in milliseconds since 1970. */
public final class LoadStats {
    private static final int SECONDS_KEPT = 3600;

    private final TreeMap<Long, Second> seconds = new TreeMap<>();
    private long ok;
    private long failed;
    private long markedAt;

    private static final class Second {
        private final List<Double> millis = new ArrayList<>();
        private int failed;
        private long firstFailure;
        private long lastFailure;
    }

    /**
     * One second of the load.
     *
     * @param at its beginning, in seconds since 1970
     * @param p50 median of what users waited, failed requests included, in milliseconds
     */
    public record SecondView(long at, int ok, int failed, double p50, double p99) {}

    /**
     * @param markedAt from when on the figures below count, in milliseconds since 1970
     * @param firstFailedAt 0 when none failed since the mark
     * @param worstP99 the highest 99th percentile of any second since the mark
     */
    public record View(
            long ok,
            long failed,
            double rate,
            long markedAt,
            long okSinceMark,
            long failedSinceMark,
            long firstFailedAt,
            long lastFailedAt,
            double p50,
            double p99,
            double worstP99,
            List<SecondView> lastSeconds) {}

    synchronized void record(long sentAt, double millis, boolean good) {
        Second second = seconds.computeIfAbsent(sentAt / 1000, key -> new Second());
        second.millis.add(millis);
        if (good) {
            ok++;
        } else {
            failed++;
            second.failed++;
            second.firstFailure = second.firstFailure == 0 ? sentAt : Math.min(second.firstFailure, sentAt);
            second.lastFailure = Math.max(second.lastFailure, sentAt);
        }
        if (seconds.size() > SECONDS_KEPT) {
            seconds.pollFirstEntry();
        }
    }

    /** From now on first failure, counts and percentiles are those after this moment, to its second. */
    synchronized void mark(long now) {
        markedAt = now;
    }

    /** The figures, with the last {@code count} seconds one by one. */
    synchronized View view(double rate, int count) {
        var since = seconds.tailMap(markedAt / 1000 + (markedAt % 1000 == 0 ? 0 : 1), true);
        double[] all = since.values().stream()
                .flatMap(s -> s.millis.stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        long failures = since.values().stream().mapToLong(s -> s.failed).sum();
        List<SecondView> views = since.entrySet().stream()
                .map(e -> view(e.getKey(), e.getValue()))
                .toList();
        return new View(
                ok,
                failed,
                rate,
                markedAt,
                all.length - failures,
                failures,
                since.values().stream()
                        .mapToLong(s -> s.firstFailure)
                        .filter(t -> t > 0)
                        .min()
                        .orElse(0),
                since.values().stream().mapToLong(s -> s.lastFailure).max().orElse(0),
                percentile(all, 0.5),
                percentile(all, 0.99),
                views.stream().mapToDouble(SecondView::p99).max().orElse(0),
                views.subList(Math.max(0, views.size() - count), views.size()));
    }

    private static SecondView view(long at, Second second) {
        double[] sorted =
                second.millis.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new SecondView(
                at, sorted.length - second.failed, second.failed, percentile(sorted, 0.5), percentile(sorted, 0.99));
    }

    /** Nearest rank. */
    private static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }
}
