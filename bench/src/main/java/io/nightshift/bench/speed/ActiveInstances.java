package io.nightshift.bench.speed;

import io.nightshift.detect.domain.forecast.ForecastSettings;
import io.nightshift.detect.domain.metric.InstanceMetrics;
import io.nightshift.detect.domain.metric.SeriesNames;
import io.nightshift.events.EntityRef;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Resource;
import io.nightshift.schemas.points.MetricPointsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Instances with gauges of their own, fed with batches as detect reads them: all that production keeps of a series. */
final class ActiveInstances {

    static final int SERIES = 100;

    private static final long MINUTE_MICROS = 60_000_000;
    private static final int ROLLUP_SERIES = 8;

    private final Load load = new Load();
    /** As one thread of production shares them. */
    private final SeriesNames names = new SeriesNames();

    /** An instance that took so many batches, so many minutes apart. */
    InstanceMetrics instance(int number, int batches, int minutesApart) {
        String name = "instance-" + number;
        InstanceMetrics instance = new InstanceMetrics(
                new EntityRef("bench", "load", "service", name, null), ForecastSettings.defaults(), names);
        Resource resource = Resource.newBuilder()
                .setEnvironment("bench")
                .setNamespace("load")
                .setService("service")
                .setInstance(name)
                .build();
        for (int batch = 0; batch < batches; batch++) {
            instance.takeMinute(batch, ROLLUP_SERIES); // the minute before, as production does; this one stays open
            byte[] bytes = bytes(batch(resource, number, batch * minutesApart));
            instance.accept(MetricPointsReader.read(bytes, 0), new RecordRef("bench", 0, (long) batch), finding -> {});
        }
        return instance;
    }

    private MetricBatch batch(Resource resource, int instance, int minute) {
        List<MetricSeries> all = new ArrayList<>();
        for (int s = 0; s < SERIES; s++) {
            all.add(MetricSeries.newBuilder()
                    .setName("app.gauge." + s / 10)
                    .setUnit("1")
                    .setKind(MetricKind.GAUGE)
                    .setAttributes(Map.of("pool", "pool-" + s % 10))
                    .setTimesMicros(List.of((minute + 1) * MINUTE_MICROS))
                    .setValues(List.of(load.at(instance * SERIES + s, minute)))
                    .build());
        }
        return MetricBatch.newBuilder().setResource(resource).setSeries(all).build();
    }

    private static byte[] bytes(MetricBatch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<>(MetricBatch.class).write(batch, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Bytes of the instance's serialised state for each series. */
    static double serialised(InstanceMetrics instance) {
        return (double) instance.takeParts().values().stream()
                        .mapToInt(part -> part.length)
                        .sum()
                / SERIES;
    }
}
