package io.nightshift.ingest.domain;

import io.nightshift.events.MetricKind;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of one OTLP metric. A summary becomes a histogram without bounds (its count and sum) and one gauge a
 * quantile, with the attribute {@code quantile}.
 */
final class MetricPoints {
    private static final int NO_VALUE = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

    private final Metric metric;
    private final SeriesCollector collector;
    private final Limits limits;

    MetricPoints(Metric metric, SeriesCollector collector, Limits limits) {
        this.metric = metric;
        this.collector = collector;
        this.limits = limits;
    }

    void collect() {
        String name = Text.clean(metric.getName(), limits.nameBytes());
        if (name.isEmpty()) {
            collector.drop(Reason.UNNAMED, Math.max(1, pointCount()));
            return;
        }
        collector.begin(name, Text.clean(metric.getUnit(), limits.nameBytes()));
        switch (metric.getDataCase()) {
            case GAUGE:
                numbers(metric.getGauge().getDataPointsList(), MetricKind.GAUGE, false);
                break;
            case SUM:
                MetricKind sum = kind(
                        metric.getSum().getAggregationTemporality(), MetricKind.DELTA_SUM, MetricKind.CUMULATIVE_SUM);
                numbers(
                        metric.getSum().getDataPointsList(),
                        sum,
                        metric.getSum().getIsMonotonic());
                break;
            case HISTOGRAM:
                histograms(histogramKind(metric.getHistogram().getAggregationTemporality()));
                break;
            case EXPONENTIAL_HISTOGRAM:
                exponential(histogramKind(metric.getExponentialHistogram().getAggregationTemporality()));
                break;
            case SUMMARY:
                metric.getSummary().getDataPointsList().forEach(this::summary);
                break;
            default:
            // A metric without data has no points to account for.
        }
        collector.end();
    }

    private int pointCount() {
        return metric.getGauge().getDataPointsCount()
                + metric.getSum().getDataPointsCount()
                + metric.getHistogram().getDataPointsCount()
                + metric.getExponentialHistogram().getDataPointsCount()
                + metric.getSummary().getDataPointsCount();
    }

    private void numbers(List<NumberDataPoint> points, MetricKind kind, boolean monotonic) {
        if (kind == MetricKind.UNKNOWN) {
            collector.drop(Reason.UNKNOWN_TEMPORALITY, points.size());
            return;
        }
        for (NumberDataPoint point : points) {
            double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
            boolean missing =
                    hasNoValue(point.getFlags()) || point.getValueCase() == NumberDataPoint.ValueCase.VALUE_NOT_SET;
            collector.add(
                    point.getAttributesList(),
                    kind,
                    monotonic,
                    List.of(),
                    Point.number(
                            start(point.getStartTimeUnixNano()),
                            collector.time(point.getTimeUnixNano()),
                            missing ? Double.NaN : value));
        }
    }

    private void histograms(MetricKind kind) {
        List<HistogramDataPoint> points = metric.getHistogram().getDataPointsList();
        if (kind == MetricKind.UNKNOWN) {
            collector.drop(Reason.UNKNOWN_TEMPORALITY, points.size());
            return;
        }
        for (HistogramDataPoint point : points) {
            if (!Histograms.isSound(point) || point.getBucketCountsCount() > limits.buckets()) {
                collector.drop(Reason.BROKEN_HISTOGRAM, 1);
                continue;
            }
            double sum = hasNoValue(point.getFlags()) ? Double.NaN : Histograms.sum(point);
            collector.add(
                    point.getAttributesList(),
                    kind,
                    true,
                    point.getExplicitBoundsList(),
                    new Point(
                            start(point.getStartTimeUnixNano()),
                            collector.time(point.getTimeUnixNano()),
                            sum,
                            point.getCount(),
                            Histograms.counts(point)));
        }
    }

    private void exponential(MetricKind kind) {
        List<ExponentialHistogramDataPoint> points =
                metric.getExponentialHistogram().getDataPointsList();
        if (kind == MetricKind.UNKNOWN) {
            collector.drop(Reason.UNKNOWN_TEMPORALITY, points.size());
            return;
        }
        for (ExponentialHistogramDataPoint point : points) {
            double sum = hasNoValue(point.getFlags()) ? Double.NaN : Histograms.sum(point);
            collector.add(
                    point.getAttributesList(),
                    kind,
                    true,
                    Histograms.GRID,
                    new Point(
                            start(point.getStartTimeUnixNano()),
                            collector.time(point.getTimeUnixNano()),
                            sum,
                            point.getCount(),
                            Histograms.counts(point)));
        }
    }

    private void summary(SummaryDataPoint point) {
        long start = start(point.getStartTimeUnixNano());
        long time = collector.time(point.getTimeUnixNano());
        boolean missing = hasNoValue(point.getFlags());
        collector.add(
                point.getAttributesList(),
                MetricKind.CUMULATIVE_HISTOGRAM,
                true,
                List.of(),
                new Point(
                        start,
                        time,
                        missing ? Double.NaN : point.getSum(),
                        point.getCount(),
                        List.of(point.getCount())));
        for (SummaryDataPoint.ValueAtQuantile quantile : point.getQuantileValuesList()) {
            List<KeyValue> attributes = new ArrayList<>(point.getAttributesList());
            attributes.add(KeyValue.newBuilder()
                    .setKey("quantile")
                    .setValue(AnyValue.newBuilder().setStringValue(Double.toString(quantile.getQuantile())))
                    .build());
            double value = missing ? Double.NaN : quantile.getValue();
            collector.add(attributes, MetricKind.GAUGE, false, List.of(), Point.number(start, time, value));
        }
    }

    private static MetricKind histogramKind(AggregationTemporality temporality) {
        return kind(temporality, MetricKind.DELTA_HISTOGRAM, MetricKind.CUMULATIVE_HISTOGRAM);
    }

    private static MetricKind kind(AggregationTemporality temporality, MetricKind delta, MetricKind cumulative) {
        switch (temporality) {
            case AGGREGATION_TEMPORALITY_DELTA:
                return delta;
            case AGGREGATION_TEMPORALITY_CUMULATIVE:
                return cumulative;
            default:
                return MetricKind.UNKNOWN;
        }
    }

    private static long start(long unsignedNanos) {
        return Times.micros(unsignedNanos, 0);
    }

    private static boolean hasNoValue(int flags) {
        return (flags & NO_VALUE) != 0;
    }
}
