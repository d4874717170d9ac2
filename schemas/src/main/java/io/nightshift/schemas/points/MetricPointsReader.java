package io.nightshift.schemas.points;

import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;

/** Reads the Avro body of a {@link MetricBatch}, written with exactly that class's schema, into columns. */
public final class MetricPointsReader {

    private static final int KINDS = MetricKind.values().length;

    private MetricPointsReader() {}

    /**
     * Reads the body that begins at {@code offset}; the points keep the array.
     *
     * @throws SerializationException when the bytes are not such a body
     */
    public static MetricPoints read(byte[] bytes, int offset) {
        try {
            AvroCursor in = new AvroCursor(bytes, offset);
            Resource resource = resource(in);
            in.number(); // receivedAtMicros
            in.skipText(); // source
            MetricPoints.Columns columns = new MetricPoints.Columns();
            for (int left = in.block(); left > 0; left = in.block()) {
                columns.roomForSeries(left);
                for (; left > 0; left--) {
                    series(bytes, in, columns);
                }
            }
            return new MetricPoints(bytes, resource, columns);
        } catch (MalformedPointsException e) {
            throw new SerializationException("not a " + MetricBatch.class.getName() + ": " + e.getMessage(), e);
        }
    }

    private static Resource resource(AvroCursor in) {
        return new Resource(
                in.text(),
                in.text(),
                in.text(),
                in.present() ? in.text() : null,
                in.present() ? in.text() : null,
                in.present() ? (Long) in.number() : null,
                map(in, new HashMap<>()));
    }

    private static void series(byte[] bytes, AvroCursor in, MetricPoints.Columns to) {
        int from = in.position();
        in.skipText(); // name
        in.skipText(); // unit
        long kind = in.number();
        if (kind < 0 || kind >= KINDS) {
            throw new MalformedPointsException("kind " + kind + " of " + KINDS);
        }
        in.flag(); // monotonic
        for (int left = in.block(); left > 0; left = in.block()) {
            for (; left > 0; left--) {
                in.skipText();
                in.skipText();
            }
        }
        to.offsets[to.size] = from;
        to.hashes[to.size] = SeriesHash.of(bytes, from, in.position());
        int begin = to.points;
        AvroCursor starts = new AvroCursor(bytes, in.position());
        skipNumbers(in);
        times(in, to);
        values(in, to, begin);
        to.starts = numbers(starts, to, begin, to.starts, 0);
        to.counts = numbers(in, to, begin, to.counts, -1);
        skipDoubles(in); // bucketBounds
        skipNumbers(in); // bucketCounts
        to.size++;
        to.first[to.size] = to.points;
    }

    private static void times(AvroCursor in, MetricPoints.Columns to) {
        for (int left = in.block(); left > 0; left = in.block()) {
            for (; left > 0; left--) {
                to.roomForPoint();
                long time = in.number();
                to.times[to.points++] = time;
                to.earliest = Math.min(to.earliest, time);
                to.latest = Math.max(to.latest, time);
            }
        }
    }

    /** A point is a time with a value: what has only one of them is none. */
    private static void values(AvroCursor in, MetricPoints.Columns to, int begin) {
        int at = begin;
        for (int left = in.block(); left > 0; left = in.block()) {
            for (; left > 0; left--) {
                double value = in.float64();
                if (at < to.points) {
                    to.values[at++] = value;
                }
            }
        }
        to.points = at;
    }

    /** Reads a column that not every series has: {@code absent} stands where nothing was sent. */
    private static long[] numbers(AvroCursor in, MetricPoints.Columns to, int begin, long[] column, long absent) {
        long[] into = column;
        int at = begin;
        for (int left = in.block(); left > 0; left = in.block()) {
            if (into == null) {
                into = new long[to.times.length];
                Arrays.fill(into, 0, begin, absent);
            }
            for (; left > 0; left--) {
                long number = in.number();
                if (at < to.points) {
                    into[at++] = number;
                }
            }
        }
        for (; into != null && at < to.points; at++) {
            into[at] = absent;
        }
        return into;
    }

    /** Reads the buckets of a histogram, whose cursor stands at its start times. */
    static PointBuckets buckets(AvroCursor in) {
        skipNumbers(in); // startTimesMicros
        skipNumbers(in); // timesMicros
        skipDoubles(in); // values
        skipNumbers(in); // counts
        double[] bounds = new double[0];
        for (int left = in.block(); left > 0; left = in.block()) {
            int at = bounds.length;
            bounds = Arrays.copyOf(bounds, at + left);
            for (; left > 0; left--) {
                bounds[at++] = in.float64();
            }
        }
        long[] counts = new long[0];
        for (int left = in.block(); left > 0; left = in.block()) {
            int at = counts.length;
            counts = Arrays.copyOf(counts, at + left);
            for (; left > 0; left--) {
                counts[at++] = in.number();
            }
        }
        return new PointBuckets(bounds, counts);
    }

    private static void skipNumbers(AvroCursor in) {
        for (int left = in.block(); left > 0; left = in.block()) {
            for (; left > 0; left--) {
                in.number();
            }
        }
    }

    private static void skipDoubles(AvroCursor in) {
        for (int left = in.block(); left > 0; left = in.block()) {
            for (; left > 0; left--) {
                in.float64();
            }
        }
    }

    static SortedMap<String, String> attributes(AvroCursor in) {
        return map(in, new TreeMap<>());
    }

    private static <M extends Map<String, String>> M map(AvroCursor in, M into) {
        for (int left = in.block(); left > 0; left = in.block()) {
            for (; left > 0; left--) {
                into.put(in.text(), in.text());
            }
        }
        return into;
    }
}
