package io.nightshift.ingest.domain;

import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Points of one series as they are collected, and then the series as our records know it: oldest point first. */
final class SeriesDraft {
    /** More points begin a new draft: a series must fit into a record whatever else it carries. */
    private static final int MAX_POINT_BYTES = 64 * 1024;

    /**
     * What makes two points belong together.
     *
     * @param bounds bucket bounds; empty unless a histogram
     */
    record Id(
            String name,
            String unit,
            MetricKind kind,
            boolean monotonic,
            Map<String, String> attributes,
            List<Double> bounds) {}

    private final Id id;
    private final List<Point> points = new ArrayList<>(1);

    SeriesDraft(Id id) {
        this.id = id;
    }

    void add(Point point) {
        points.add(point);
    }

    int points() {
        return points.size();
    }

    boolean isFull() {
        int buckets = points.isEmpty() ? 0 : points.get(0).buckets().size();
        return (points.size() + 1) * AvroSize.point(buckets) > MAX_POINT_BYTES;
    }

    long newestMicros() {
        return points.stream().mapToLong(Point::timeMicros).max().orElse(0);
    }

    MetricSeries series() {
        points.sort(Comparator.comparingLong(Point::timeMicros));
        boolean histogram = id.kind() == MetricKind.DELTA_HISTOGRAM || id.kind() == MetricKind.CUMULATIVE_HISTOGRAM;
        return new MetricSeries(
                id.name(),
                id.unit(),
                id.kind(),
                id.monotonic(),
                id.attributes(),
                id.kind() == MetricKind.GAUGE
                        ? List.of()
                        : points.stream().map(Point::startMicros).toList(),
                points.stream().map(Point::timeMicros).toList(),
                points.stream().map(Point::value).toList(),
                histogram ? points.stream().map(Point::count).toList() : List.of(),
                id.bounds(),
                histogram
                        ? points.stream()
                                .flatMap(point -> point.buckets().stream())
                                .toList()
                        : List.of());
    }
}
