package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.rollup.RollupPart;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.EntityRef;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.RecordRef;
import io.nightshift.events.RollupSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All metric series of one instance. A new process of the instance begins anew: its series warm up again and what was open
 * about the old process ends, for a cold process is no anomaly.
 */
public final class InstanceMetrics {

    private static final int STATE_VERSION = 1;
    private static final int MAX_SERIES = 2_000;
    private static final int MAX_ROLLUP_SERIES = 60;
    private static final long FUTURE_MICROS = TimeUnit.HOURS.toMicros(1);

    private final EntityRef instance;
    private final Map<String, Series> series = new LinkedHashMap<>();
    private Saturation saturation;
    private CollectorShare collector;
    private final Set<String> open = new HashSet<>();
    private long processStartMicros;
    private long lastSeenMicros;
    private long refusedSeries;

    public InstanceMetrics(EntityRef instance) {
        this.instance = instance;
        beginProcess();
    }

    private void beginProcess() {
        saturation = new Saturation(instance);
        collector = new CollectorShare(instance);
        series.clear();
    }

    /** Takes a batch, says what is unusual, and returns whether a finding opened or ended. */
    public boolean accept(MetricBatch batch, RecordRef ref, Consumer<Judgement> out) {
        Set<String> before = new HashSet<>(open);
        Consumer<Judgement> noting = judgement -> {
            if (judgement instanceof Finding finding) {
                open.add(finding.slot());
            } else if (judgement instanceof Judgement.Normal normal) {
                open.remove(normal.slot());
            }
            out.accept(judgement);
        };
        Long started = batch.getResource().getProcessStartMicros();
        if (started != null && started != processStartMicros) {
            if (processStartMicros != 0) {
                end(noting);
            }
            processStartMicros = started;
        }
        long latest = 0;
        for (MetricSeries points : batch.getSeries()) {
            latest = Math.max(latest, accept(points, noting));
        }
        if (latest > 0) {
            saturation.judge(noting);
            collector.judge(latest, noting);
            lastSeenMicros = Math.max(lastSeenMicros, latest);
        }
        return !before.equals(open);
    }

    private long accept(MetricSeries points, Consumer<Judgement> out) {
        Series known = series(points);
        List<Long> times = points.getTimesMicros();
        int count = Math.min(times.size(), points.getValues().size());
        long latest = 0;
        for (int i = 0; i < count; i++) {
            long time = times.get(i);
            double value = points.getValues().get(i);
            boolean usable = !Double.isNaN(value) && !Double.isInfinite(value);
            boolean plausible = lastSeenMicros == 0 || time < lastSeenMicros + FUTURE_MICROS;
            if (!usable || !plausible) {
                continue;
            }
            latest = Math.max(latest, time);
            switch (points.getKind()) {
                case GAUGE, UNKNOWN ->
                    saturation.accept(points.getName(), points.getUnit(), points.getAttributes(), time, value);
                case CUMULATIVE_SUM, DELTA_SUM -> {
                    if (!points.getMonotonic()) {
                        saturation.accept(points.getName(), points.getUnit(), points.getAttributes(), time, value);
                    }
                }
                default -> {}
            }
            if (known != null) {
                double grown = known.accept(points, i, time, value, out);
                if (points.getName().equals(CollectorShare.METRIC)
                        && grown > 0
                        && CollectorShare.counts(points.getAttributes())) {
                    collector.add(time, grown);
                }
            }
        }
        return latest;
    }

    private Series series(MetricSeries points) {
        String key = points.getName() + new TreeMap<>(points.getAttributes());
        Series known = series.get(key);
        if (known == null && series.size() < MAX_SERIES) {
            known = new Series(instance, points.getName(), points.getUnit(), new TreeMap<>(points.getAttributes()));
            series.put(key, known);
        } else if (known == null) {
            refusedSeries++;
        }
        return known;
    }

    private void end(Consumer<Judgement> out) {
        saturation.end(out);
        collector.end(out);
        series.values().forEach(s -> s.end(out));
        beginProcess();
    }

    /** The minute's summary of the series that tell most: those with limits, durations and shares first. */
    public RollupPart takeMinute(long minute) {
        List<RollupSeries> all = new ArrayList<>();
        series.values().forEach(s -> s.takeMinute(saturation).ifPresent(all::add));
        all.sort(Comparator.comparingInt(InstanceMetrics::rank).thenComparing(RollupSeries::getName));
        int kept = Math.min(MAX_ROLLUP_SERIES, all.size());
        return RollupPart.series(minute, new ArrayList<>(all.subList(0, kept)), all.size() - kept);
    }

    private static int rank(RollupSeries series) {
        String name = series.getName();
        if (series.getLimit() != null || name.equals(CollectorShare.METRIC)) {
            return 0;
        }
        if (name.contains("cpu") || name.contains("memory") || name.contains("thread")) {
            return 1;
        }
        return name.contains("duration") ? 2 : 3;
    }

    public long lastSeenMicros() {
        return lastSeenMicros;
    }

    /** Series that found no room. */
    public long refusedSeries() {
        return refusedSeries;
    }

    public byte[] toBytes() {
        StateWriter out = new StateWriter();
        out.int8(STATE_VERSION).int64(processStartMicros).int64(lastSeenMicros);
        saturation.write(out);
        collector.write(out);
        out.int32(series.size());
        series.forEach((key, s) -> {
            out.text(key);
            s.write(out);
        });
        return out.toBytes();
    }

    public static InstanceMetrics fromBytes(byte[] bytes, EntityRef instance) {
        InstanceMetrics read = new InstanceMetrics(instance);
        StateReader in = new StateReader(bytes);
        if (in.int8() != STATE_VERSION) {
            return read;
        }
        read.processStartMicros = in.int64();
        read.lastSeenMicros = in.int64();
        read.saturation.read(in);
        read.collector.read(in);
        for (int left = in.int32(); left > 0; left--) {
            read.series.put(in.text(), Series.read(in, instance));
        }
        return read;
    }
}
