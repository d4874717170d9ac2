package io.nightshift.ingest.domain;

import static io.nightshift.ingest.Doors.NOW_MICROS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.ingest.Otlp;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class MetricMappingTest {
    private static final Reception RECEPTION = new Reception(NOW_MICROS, "test");
    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

    private final MetricMapping mapping = mapping(1000);

    private static MetricMapping mapping(int seriesPerService) {
        return new MetricMapping(
                Limits.defaults(), Spread.none(), new SeriesBudget(seriesPerService, 100_000, 3_600_000_000L));
    }

    private static Metric sum(AggregationTemporality temporality, NumberDataPoint.Builder point) {
        return Metric.newBuilder()
                .setName("requests")
                .setSum(Sum.newBuilder()
                        .setAggregationTemporality(temporality)
                        .setIsMonotonic(true)
                        .addDataPoints(point))
                .build();
    }

    private MetricSeries only(Metric metric) {
        Normalised<MetricBatch> result = mapping.map(Otlp.metrics(metric), RECEPTION);
        assertThat(result.drops().total()).isZero();
        assertThat(result.parcels()).hasSize(1);
        assertThat(result.parcels().get(0).value().getSeries()).hasSize(1);
        return result.parcels().get(0).value().getSeries().get(0);
    }

    private Map<Reason, Integer> drops(Metric metric) {
        Normalised<MetricBatch> result = mapping.map(Otlp.metrics(metric), RECEPTION);
        assertThat(result.parcels()).isEmpty();
        return result.drops().counts();
    }

    @Test
    void pointsWithEqualAttributesAreOneSeriesOldestFirst() {
        MetricSeries series = only(Otlp.gauge(
                "jvm.memory.used",
                Otlp.point(2, NOW_MICROS).addAttributes(Otlp.text("jvm.memory.type", "heap")),
                Otlp.point(1, NOW_MICROS - 1_000_000).addAttributes(Otlp.text("jvm.memory.type", "heap"))));

        assertThat(series.getValues()).containsExactly(1.0, 2.0);
        assertThat(series.getTimesMicros()).containsExactly(NOW_MICROS - 1_000_000, NOW_MICROS);
        assertThat(series.getAttributes()).containsEntry("jvm.memory.type", "heap");
        assertThat(series.getKind()).isEqualTo(MetricKind.GAUGE);
        assertThat(series.getStartTimesMicros()).isEmpty();
        assertThat(series.getUnit()).isEqualTo("By");
    }

    @Test
    void aSumKeepsItsTemporalityStartAndIntegers() {
        MetricSeries series = only(sum(
                CUMULATIVE,
                NumberDataPoint.newBuilder()
                        .setAsInt(42)
                        .setStartTimeUnixNano(1_000_000)
                        .setTimeUnixNano(NOW_MICROS * 1000)));

        assertThat(series.getKind()).isEqualTo(MetricKind.CUMULATIVE_SUM);
        assertThat(series.getMonotonic()).isTrue();
        assertThat(series.getValues()).containsExactly(42.0);
        assertThat(series.getStartTimesMicros()).containsExactly(1000L);
    }

    @Test
    void aHistogramKeepsBoundsCountsAndSum() {
        MetricSeries series = only(histogram(HistogramDataPoint.newBuilder()
                .setCount(6)
                .setSum(1.5)
                .addAllExplicitBounds(List.of(0.1, 0.5))
                .addAllBucketCounts(List.of(1L, 2L, 3L))));

        assertThat(series.getKind()).isEqualTo(MetricKind.CUMULATIVE_HISTOGRAM);
        assertThat(series.getValues()).containsExactly(1.5);
        assertThat(series.getCounts()).containsExactly(6L);
        assertThat(series.getBucketBounds()).containsExactly(0.1, 0.5);
        assertThat(series.getBucketCounts()).containsExactly(1L, 2L, 3L);
    }

    private static Metric histogram(HistogramDataPoint.Builder point) {
        return Metric.newBuilder()
                .setName("http.server.request.duration")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(CUMULATIVE)
                        .addDataPoints(point.setTimeUnixNano(NOW_MICROS * 1000)))
                .build();
    }

    @Test
    void aHistogramWhoseBucketsDoNotFitItsBoundsIsLeftOut() {
        assertThat(drops(histogram(
                        HistogramDataPoint.newBuilder().addExplicitBounds(1).addBucketCounts(1))))
                .containsEntry(Reason.BROKEN_HISTOGRAM, 1);
        assertThat(drops(histogram(HistogramDataPoint.newBuilder()
                        .addAllExplicitBounds(List.of(2.0, 1.0))
                        .addAllBucketCounts(List.of(1L, 1L, 1L)))))
                .containsEntry(Reason.BROKEN_HISTOGRAM, 1);
    }

    @Test
    void anExponentialHistogramFoldsOntoTheGridWithoutLosingAnObservation() {
        // Scale 3: bucket i ends at 2^((i+1)/8). Buckets 0..15 cover (1, 4], four to each grid bucket.
        ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
                .setScale(3)
                .setCount(18)
                .setZeroCount(2)
                .setSum(30)
                .setTimeUnixNano(NOW_MICROS * 1000);
        for (int i = 0; i < 16; i++) {
            point.getPositiveBuilder().addBucketCounts(1);
        }
        MetricSeries series = only(Metric.newBuilder()
                .setName("latency")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(point))
                .build());

        assertThat(series.getKind()).isEqualTo(MetricKind.DELTA_HISTOGRAM);
        List<Double> bounds = series.getBucketBounds();
        List<Long> counts = series.getBucketCounts();
        assertThat(counts).hasSize(bounds.size() + 1);
        assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(18);
        assertThat(counts.get(0)).isEqualTo(2);
        for (double end : new double[] {Math.sqrt(2), 2, 2 * Math.sqrt(2), 4}) {
            int bucket = 0;
            while (bounds.get(bucket) < end - 1e-9) {
                bucket++;
            }
            assertThat(bounds.get(bucket)).isCloseTo(end, within(1e-9));
            assertThat(counts.get(bucket)).isEqualTo(4);
        }
    }

    @Test
    void extremeExponentialScalesAndOffsetsStayOnTheGrid() {
        for (int scale : new int[] {Integer.MIN_VALUE, -10, 0, 1, 20, Integer.MAX_VALUE}) {
            for (int offset : new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}) {
                var point = ExponentialHistogramDataPoint.newBuilder().setScale(scale);
                point.getPositiveBuilder().setOffset(offset).addBucketCounts(1).addBucketCounts(1);
                assertThat(Histograms.counts(point.build()).stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void aSummaryBecomesItsCountAndSumAndAGaugePerQuantile() {
        Metric metric = Metric.newBuilder()
                .setName("rpc.duration")
                .setSummary(Summary.newBuilder()
                        .addDataPoints(SummaryDataPoint.newBuilder()
                                .setTimeUnixNano(NOW_MICROS * 1000)
                                .setCount(10)
                                .setSum(5)
                                .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                                        .setQuantile(0.99)
                                        .setValue(2))))
                .build();

        List<MetricSeries> series = mapping.map(Otlp.metrics(metric), RECEPTION)
                .parcels()
                .get(0)
                .value()
                .getSeries();

        assertThat(series).anySatisfy(one -> {
            assertThat(one.getKind()).isEqualTo(MetricKind.CUMULATIVE_HISTOGRAM);
            assertThat(one.getBucketCounts()).containsExactly(10L);
        });
        assertThat(series).anySatisfy(one -> {
            assertThat(one.getAttributes()).containsEntry("quantile", "0.99");
            assertThat(one.getValues()).containsExactly(2.0);
        });
    }

    @Test
    void stalenessMarkersAndInfinitiesAreCountedAndNotPublished() {
        assertThat(drops(Otlp.gauge("a", Otlp.point(Double.NaN, NOW_MICROS)))).containsEntry(Reason.NO_VALUE, 1);
        assertThat(drops(Otlp.gauge("a", Otlp.point(1, NOW_MICROS).setFlags(1))))
                .containsEntry(Reason.NO_VALUE, 1);
        assertThat(drops(Otlp.gauge("a", Otlp.point(Double.NEGATIVE_INFINITY, NOW_MICROS))))
                .containsEntry(Reason.NOT_FINITE, 1);
        assertThat(drops(sum(AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED, Otlp.point(1, NOW_MICROS))))
                .containsEntry(Reason.UNKNOWN_TEMPORALITY, 1);
        assertThat(drops(Otlp.gauge("", Otlp.point(1, NOW_MICROS)))).containsEntry(Reason.UNNAMED, 1);
    }

    @Test
    void aSeriesWithTwoHundredLabelsOrAMegabyteValueIsRefusedAndItsNeighbourPasses() {
        NumberDataPoint.Builder many = Otlp.point(1, NOW_MICROS);
        for (int i = 0; i < 200; i++) {
            many.addAttributes(Otlp.text("label" + i, "x"));
        }
        NumberDataPoint.Builder huge = Otlp.point(1, NOW_MICROS).addAttributes(Otlp.text("k", "v".repeat(1_000_000)));

        Normalised<MetricBatch> result =
                mapping.map(Otlp.metrics(Otlp.gauge("a", many, huge, Otlp.point(7, NOW_MICROS))), RECEPTION);

        assertThat(result.drops().counts())
                .containsEntry(Reason.TOO_MANY_ATTRIBUTES, 1)
                .containsEntry(Reason.ATTRIBUTE_TOO_LONG, 1);
        assertThat(result.parcels().get(0).value().getSeries().get(0).getValues())
                .containsExactly(7.0);
    }

    @Test
    void pastTheCapNewSeriesAreRefusedAndKnownOnesStillPass() {
        MetricMapping capped = mapping(10);
        for (int i = 0; i < 50; i++) {
            capped.map(Otlp.metrics(Otlp.gauge("m" + i, Otlp.point(i, NOW_MICROS))), RECEPTION);
        }

        Normalised<MetricBatch> known =
                capped.map(Otlp.metrics(Otlp.gauge("m3", Otlp.point(1, NOW_MICROS))), RECEPTION);
        Normalised<MetricBatch> fresh =
                capped.map(Otlp.metrics(Otlp.gauge("m30", Otlp.point(1, NOW_MICROS))), RECEPTION);

        assertThat(known.parcels()).hasSize(1);
        assertThat(fresh.parcels()).isEmpty();
        assertThat(fresh.drops().counts()).containsEntry(Reason.TOO_MANY_SERIES, 1);
    }

    @Test
    void aPointAYearAheadIsSetAsideAndTheRestPasses() {
        long year = NOW_MICROS + 365L * 86_400_000_000L;
        Normalised<MetricBatch> result = mapping.map(
                Otlp.metrics(Otlp.gauge(
                        "a",
                        Otlp.point(1, NOW_MICROS),
                        Otlp.point(2, year),
                        Otlp.point(3, 1).setTimeUnixNano(-1))),
                RECEPTION);

        assertThat(result.parcels().get(0).newestMicros()).isEqualTo(NOW_MICROS);
        assertThat(result.quarantined()).hasSize(1);
        assertThat(result.quarantined().get(0).items()).isEqualTo(2);
        assertThat(result.accepted()).isEqualTo(3);
    }

    @Test
    void aPointWithoutTimeGetsTheTimeOfReception() {
        assertThat(only(Otlp.gauge("a", Otlp.point(1, 0))).getTimesMicros()).containsExactly(NOW_MICROS);
    }

    @Test
    void recordsStayBelowTheirLimitAndNothingIsLost() {
        Metric[] metrics = new Metric[400];
        for (int i = 0; i < metrics.length; i++) {
            NumberDataPoint.Builder[] points = new NumberDataPoint.Builder[i == 0 ? 20_000 : 3];
            for (int j = 0; j < points.length; j++) {
                points[j] = Otlp.point(j, NOW_MICROS - j)
                        .addAttributes(Otlp.text("äöü€😀", "😀".repeat(i)))
                        .addAttributes(Otlp.number("n", i == 0 ? 0 : j));
            }
            metrics[i] = Otlp.gauge("metric." + i, points);
        }

        Normalised<MetricBatch> result = mapping(100_000).map(Otlp.metrics(metrics), RECEPTION);

        assertThat(result.drops().total()).isZero();
        assertThat(result.parcels().stream().mapToInt(Parcel::items).sum()).isEqualTo(20_000 + 399 * 3);
        assertThat(result.parcels()).hasSizeGreaterThan(3);
        try (Serde<MetricBatch> serde = new AvroSerdes(new InMemoryRegistry()).of(MetricBatch.class)) {
            for (Parcel<MetricBatch> parcel : result.parcels()) {
                assertThat(serde.serializer().serialize("t", parcel.value()).length)
                        .isLessThanOrEqualTo(256 * 1024);
            }
        }
    }
}
