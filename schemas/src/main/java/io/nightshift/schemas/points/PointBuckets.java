package io.nightshift.schemas.points;

/**
 * The buckets of a histogram's points, one point after the other. A bucket's upper bound is inclusive; the last one has none.
 */
public final class PointBuckets {

    private final double[] bounds;
    private final long[] counts;

    PointBuckets(double[] bounds, long[] counts) {
        this.bounds = bounds;
        this.counts = counts;
    }

    /** Whether the series' point of this index, from 0, has buckets. */
    public boolean has(int point) {
        return bounds.length > 0 && counts.length >= (point + 1) * (bounds.length + 1);
    }

    /** Observations of a point that surely were at most this: those of the buckets whose bound is not above it. */
    public double atMost(int point, double value) {
        double sum = 0;
        int first = point * (bounds.length + 1);
        for (int i = 0; i < bounds.length && bounds[i] <= value; i++) {
            sum += counts[first + i];
        }
        return sum;
    }
}
