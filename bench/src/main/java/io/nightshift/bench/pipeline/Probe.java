package io.nightshift.bench.pipeline;

import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.Resource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A series with two hours of quiet history, one point a minute. A value far outside of it opens an anomaly for certain. */
record Probe(int number) {

    static final long EVERY_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final int HISTORY = 130;
    private static final double OUTSIDE = 10_000;

    /** The history of so many probes, until this time, and the ticks that go with it. */
    static void remember(Feed feed, int probes, long untilMicros) {
        for (int ago = HISTORY; ago > 0; ago--) {
            long at = untilMicros - ago * EVERY_MICROS;
            for (int number = 0; number < probes; number++) {
                new Probe(number).calm(feed, at);
            }
            feed.tick(at);
        }
    }

    /** A value as always. */
    void calm(Feed feed, long atMicros) {
        feed.send(key(), batch(atMicros, 100 + (atMicros / EVERY_MICROS * 7 + number) % 11), atMicros);
    }

    /** A value far outside of all that it ever was. */
    void alarm(Feed feed, long atMicros) {
        feed.send(key(), batch(atMicros, OUTSIDE), atMicros);
    }

    String instance() {
        return "probe-" + number + "-0";
    }

    private String key() {
        return "bench/probe/probe-" + number;
    }

    private MetricBatch batch(long atMicros, double value) {
        return MetricBatch.newBuilder()
                .setResource(Resource.newBuilder()
                        .setEnvironment("bench")
                        .setNamespace("probe")
                        .setService("probe-" + number)
                        .setInstance(instance())
                        .build())
                .setSeries(List.of(MetricSeries.newBuilder()
                        .setName("probe.level")
                        .setKind(MetricKind.GAUGE)
                        .setTimesMicros(List.of(atMicros))
                        .setValues(List.of(value))
                        .build()))
                .build();
    }
}
