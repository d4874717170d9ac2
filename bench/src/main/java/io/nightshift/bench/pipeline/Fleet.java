package io.nightshift.bench.pipeline;

import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A made-up fleet: services of ten instances, each of which sends a hundred series, one point each an interval, as an
 * OpenTelemetry collector would: gauges, counters and durations with two or three attributes. The values follow a level with
 * noise; they come from a fixed seed, so that every run reads the same bytes.
 */
final class Fleet {

    static final int SERIES_OF_INSTANCE = 100;
    private static final int INSTANCES_OF_SERVICE = 10;
    private static final String[] ROUTES = {"/cart", "/checkout", "/items/{id}", "/login", "/search"};

    private final int instances;
    private final SplittableRandom random = new SplittableRandom(20_261_123);
    private final double[] counters;

    Fleet(int series) {
        this.instances = Math.max(1, series / SERIES_OF_INSTANCE);
        this.counters = new double[instances * SERIES_OF_INSTANCE];
    }

    int instances() {
        return instances;
    }

    int series() {
        return instances * SERIES_OF_INSTANCE;
    }

    /** Key of the telemetry topics. */
    static String key(int instance) {
        return "bench/fleet/service-" + instance / INSTANCES_OF_SERVICE;
    }

    /** What this instance sends at this time. Times of one instance only go up. */
    MetricBatch batch(int instance, long timeMicros, long everyMicros) {
        List<MetricSeries> series = new ArrayList<>(SERIES_OF_INSTANCE);
        for (int s = 0; s < SERIES_OF_INSTANCE; s++) {
            series.add(series(instance, s, timeMicros, everyMicros));
        }
        return MetricBatch.newBuilder()
                .setResource(resource(instance))
                .setReceivedAtMicros(timeMicros)
                .setSource("otlp-grpc")
                .setSeries(series)
                .build();
    }

    static Resource resource(int instance) {
        return Resource.newBuilder()
                .setEnvironment("bench")
                .setNamespace("fleet")
                .setService("service-" + instance / INSTANCES_OF_SERVICE)
                .setInstance("service-" + instance / INSTANCES_OF_SERVICE + "-" + instance % INSTANCES_OF_SERVICE)
                .setVersion("1.4.2")
                .setProcessStartMicros(1_700_000_000_000_000L)
                .setAttributes(Map.of("host.name", "node-" + instance % 97))
                .build();
    }

    private MetricSeries series(int instance, int s, long timeMicros, long everyMicros) {
        double noise = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
        MetricSeries.Builder series = MetricSeries.newBuilder().setTimesMicros(List.of(timeMicros));
        switch (s % 4) {
            case 0, 1 ->
                series.setName("app.pool." + s / 4 + ".level")
                        .setUnit("{item}")
                        .setKind(MetricKind.GAUGE)
                        .setAttributes(Map.of("pool", "pool-" + s % 7, "zone", "zone-" + instance % 3))
                        .setValues(List.of(100 + s + 10 * noise));
            case 2 -> {
                int at = instance * SERIES_OF_INSTANCE + s;
                counters[at] += Math.max(0, 1_000 + 100 * noise);
                series.setName("app.requests." + s / 4)
                        .setUnit("{request}")
                        .setKind(MetricKind.CUMULATIVE_SUM)
                        .setMonotonic(true)
                        .setStartTimesMicros(List.of(1_700_000_000_000_000L))
                        .setAttributes(Map.of("http.route", ROUTES[s % ROUTES.length], "http.method", "GET"))
                        .setValues(List.of(counters[at]));
            }
            default ->
                series.setName("app.duration." + s / 4)
                        .setUnit("s")
                        .setKind(MetricKind.DELTA_HISTOGRAM)
                        .setStartTimesMicros(List.of(timeMicros - everyMicros))
                        .setAttributes(Map.of("http.route", ROUTES[s % ROUTES.length], "http.method", "POST"))
                        .setValues(List.of(20 + 2 * noise))
                        .setCounts(List.of(200L));
        }
        return series.build();
    }
}
