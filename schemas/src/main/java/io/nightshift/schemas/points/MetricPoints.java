package io.nightshift.schemas.points;

import io.nightshift.events.MetricKind;
import io.nightshift.events.Resource;
import java.util.Arrays;

/**
 * A {@link io.nightshift.events.MetricBatch} as columns: what detection needs of every point, and names only when asked for.
 * Series {@code s} has the points {@code first(s)} to {@code first(s + 1) - 1}. Immutable.
 */
public final class MetricPoints {

    private static final MetricKind[] KINDS = MetricKind.values();

    private final byte[] bytes;
    private final Resource resource;
    private final int size;
    private final int[] offsets;
    private final long[] hashes;
    private final int[] first;
    private final long[] times;
    private final double[] values;
    private final long[] starts;
    private final long[] counts;
    private final long earliest;
    private final long latest;

    MetricPoints(byte[] bytes, Resource resource, Columns columns) {
        this.bytes = bytes;
        this.resource = resource;
        this.size = columns.size;
        this.offsets = columns.offsets;
        this.hashes = columns.hashes;
        this.first = columns.first;
        this.times = columns.times;
        this.values = columns.values;
        this.starts = columns.starts;
        this.counts = columns.counts;
        this.earliest = columns.earliest;
        this.latest = columns.latest;
    }

    /** What the reader fills. Rows beyond {@code size} and {@code points} are room. */
    static final class Columns {
        int size;
        int points;
        int[] offsets = new int[16];
        long[] hashes = new long[16];
        int[] first = new int[17];
        long[] times = new long[16];
        double[] values = new double[16];
        /** Null while no point has one. */
        long[] starts;

        long[] counts;
        long earliest = Long.MAX_VALUE;
        long latest;

        void roomForSeries(int more) {
            if (size + more > offsets.length) {
                int room = Math.max(size + more, offsets.length * 2);
                offsets = Arrays.copyOf(offsets, room);
                hashes = Arrays.copyOf(hashes, room);
                first = Arrays.copyOf(first, room + 1);
            }
        }

        void roomForPoint() {
            if (points == times.length) {
                int room = times.length * 2;
                times = Arrays.copyOf(times, room);
                values = Arrays.copyOf(values, room);
                starts = starts == null ? null : Arrays.copyOf(starts, room);
                counts = counts == null ? null : Arrays.copyOf(counts, room);
            }
        }
    }

    public Resource resource() {
        return resource;
    }

    /** Number of series. */
    public int size() {
        return size;
    }

    /** Number of points of all series. */
    public int points() {
        return first[size];
    }

    /** Earliest time, microseconds since the epoch; {@link Long#MAX_VALUE} when there is no point. */
    public long earliestMicros() {
        return earliest;
    }

    /** Latest time, microseconds since the epoch; 0 when there is no point. */
    public long latestMicros() {
        return latest;
    }

    /**
     * A hash of name, unit, kind and attributes as they are written: equal for equal bytes, and within one process only. The
     * same series may have several, for attributes have no order.
     */
    public long hash(int series) {
        return hashes[series];
    }

    public int first(int series) {
        return first[series];
    }

    public long time(int point) {
        return times[point];
    }

    public double value(int point) {
        return values[point];
    }

    /** Start of the point's interval, microseconds since the epoch; 0 when the sender gave none. */
    public long start(int point) {
        return starts == null ? 0 : starts[point];
    }

    /** Observations of a histogram's point; -1 when the sender gave none. */
    public long count(int point) {
        return counts == null ? -1 : counts[point];
    }

    /** Name, unit, kind and attributes, read from the bytes now. */
    public SeriesIdentity identity(int series) {
        AvroCursor in = new AvroCursor(bytes, offsets[series]);
        String name = in.text();
        String unit = in.text();
        MetricKind kind = KINDS[(int) in.number()];
        boolean monotonic = in.flag();
        return new SeriesIdentity(name, unit, kind, monotonic, MetricPointsReader.attributes(in));
    }

    /** Bucket bounds and counts of a histogram's points, read from the bytes now. */
    public PointBuckets buckets(int series) {
        AvroCursor in = new AvroCursor(bytes, offsets[series]);
        in.skipText(); // name
        in.skipText(); // unit
        in.number(); // kind
        in.flag(); // monotonic
        MetricPointsReader.attributes(in);
        return MetricPointsReader.buckets(in);
    }
}
