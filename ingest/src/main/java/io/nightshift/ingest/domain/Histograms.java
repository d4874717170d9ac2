package io.nightshift.ingest.domain;

import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Histogram points of OTLP as buckets with upper inclusive bounds. */
final class Histograms {
    /** Exponents of √2 that bound the grid: 2^-17 (8 µs in seconds) to 2^17 (36 h in seconds, 2 min in milliseconds). */
    private static final int LOWEST = -34;

    private static final int HIGHEST = 34;

    /**
     * Exponential histograms are laid onto this fixed grid, because a series has one set of bounds while theirs grow and
     * change scale from point to point. A bucket is a factor of √2 wide: scale 1 of the OpenTelemetry data model
     * ("Exponential Buckets"), onto which finer scales fold without error.
     */
    static final List<Double> GRID = IntStream.rangeClosed(LOWEST, HIGHEST)
            .mapToObj(exponent -> Math.pow(2, exponent / 2.0))
            .toList();

    private Histograms() {}

    /** Whether bounds ascend and are finite, and there is one count more than bounds (or neither). */
    static boolean isSound(HistogramDataPoint point) {
        int bounds = point.getExplicitBoundsCount();
        int counts = point.getBucketCountsCount();
        if (counts != bounds + 1 && (counts != 0 || bounds != 0)) {
            return false;
        }
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < bounds; i++) {
            double bound = point.getExplicitBounds(i);
            if (!(bound > last) || bound == Double.POSITIVE_INFINITY) {
                return false;
            }
            last = bound;
        }
        return true;
    }

    /** The counts; one bucket for all when the sender keeps none. */
    static List<Long> counts(HistogramDataPoint point) {
        return point.getBucketCountsCount() == 0 ? List.of(point.getCount()) : List.copyOf(point.getBucketCountsList());
    }

    /** The sum; where a sender keeps none (negative observations), estimated from the middles of the buckets. */
    static double sum(HistogramDataPoint point) {
        return point.hasSum() ? point.getSum() : estimate(point.getExplicitBoundsList(), counts(point));
    }

    static double sum(ExponentialHistogramDataPoint point) {
        return point.hasSum() ? point.getSum() : estimate(GRID, counts(point));
    }

    /** Counts on the grid. Zero and negative observations fall into the first bucket, too large ones into the last. */
    static List<Long> counts(ExponentialHistogramDataPoint point) {
        long[] counts = new long[GRID.size() + 1];
        counts[0] = point.getZeroCount();
        for (long negative : point.getNegative().getBucketCountsList()) {
            counts[0] += negative;
        }
        int offset = point.getPositive().getOffset();
        for (int i = 0; i < point.getPositive().getBucketCountsCount(); i++) {
            counts[place((long) offset + i, point.getScale())] +=
                    point.getPositive().getBucketCounts(i);
        }
        List<Long> list = new ArrayList<>(counts.length);
        for (long count : counts) {
            list.add(count);
        }
        return list;
    }

    /** Bucket index i of scale s ends at 2^((i+1)/2^s); returns the grid bucket that holds that end. */
    private static int place(long index, int scale) {
        long ends;
        if (scale >= 1) {
            ends = (index >> Math.min(scale - 1, 62)) + 1;
        } else {
            ends = (index + 1) << Math.min(1 - scale, 30);
        }
        return (int) Math.max(0, Math.min(ends - LOWEST, GRID.size()));
    }

    private static double estimate(List<Double> bounds, List<Long> counts) {
        double sum = 0;
        for (int i = 0; i < counts.size() && !bounds.isEmpty(); i++) {
            double low = bounds.get(Math.max(0, i - 1));
            double high = bounds.get(Math.min(i, bounds.size() - 1));
            sum += counts.get(i) * (low + high) / 2;
        }
        return sum;
    }
}
