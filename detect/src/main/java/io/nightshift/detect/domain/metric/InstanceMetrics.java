package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.forecast.ForecastSettings;
import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.rollup.RollupPart;
import io.nightshift.events.EntityRef;
import io.nightshift.events.RecordRef;
import io.nightshift.events.RollupSeries;
import io.nightshift.schemas.points.MetricPoints;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All metric series of one instance. A new process of the instance begins anew: its series warm up again and what was open
 * about the old process ends, for a cold process is no anomaly.
 */
public final class InstanceMetrics {

    private static final int MAX_SERIES = 2_000;
    /** Findings of one or two series leave it untold that many are concerned. */
    private static final int FEW_OPEN = 3;

    private static final long FUTURE_MICROS = TimeUnit.HOURS.toMicros(1);

    private final EntityRef instance;
    private final ForecastSettings forecasts;
    private final List<Series> series = new ArrayList<>();
    private final Map<SeriesIdentity, Series> byIdentity = new HashMap<>();
    private final SeriesIndex byHash = new SeriesIndex();
    private final Said said = new Said();
    private final TellingSeries telling = new TellingSeries();
    private final StoredMetrics stored = new StoredMetrics();
    private Saturation saturation;
    private CollectorShare collector;
    private ServiceSeverityJudge together;
    private long processStartMicros;
    private long lastSeenMicros;
    private long refusedSeries;

    public InstanceMetrics(EntityRef instance) {
        this(instance, ForecastSettings.defaults());
    }

    public InstanceMetrics(EntityRef instance, ForecastSettings forecasts) {
        this.instance = instance;
        this.forecasts = forecasts;
        beginProcess();
    }

    private void beginProcess() {
        saturation = new Saturation(instance, forecasts);
        collector = new CollectorShare(instance);
        together = new ServiceSeverityJudge(instance);
        series.clear();
        byIdentity.clear();
        byHash.clear();
        telling.clear();
        stored.forgetSeries();
    }

    /** Notes which findings are open, and adds to each the record that it was seen in. */
    private static final class Said implements Consumer<Judgement> {
        private final Set<String> open = new HashSet<>();
        private Consumer<Judgement> out;
        private RecordRef ref;
        private boolean changed;

        void begin(RecordRef from, Consumer<Judgement> to) {
            ref = from;
            out = to;
            changed = false;
        }

        @Override
        public void accept(Judgement judgement) {
            if (judgement instanceof Finding finding) {
                changed |= open.add(finding.slot());
                out.accept(finding.refs().isEmpty() ? finding.seenIn(ref) : finding);
                return;
            }
            if (judgement instanceof Judgement.Normal normal) {
                changed |= open.remove(normal.slot());
            }
            out.accept(judgement);
        }
    }

    /** Takes a batch, says what is unusual, and returns whether a finding opened or ended. */
    public boolean accept(MetricPoints batch, RecordRef ref, Consumer<Judgement> out) {
        said.begin(ref, out);
        Long started = batch.resource().getProcessStartMicros();
        if (started != null && started != processStartMicros) {
            if (processStartMicros != 0) {
                end();
            }
            processStartMicros = started;
        }
        long latest = 0;
        for (int s = 0; s < batch.size(); s++) {
            latest = Math.max(latest, accept(batch, s));
        }
        if (latest > 0) {
            saturation.judge(said);
            collector.judge(latest, said);
            lastSeenMicros = Math.max(lastSeenMicros, latest);
            together(latest);
        }
        return said.changed;
    }

    /** The series together, unless people know already from several findings. */
    private void together(long nowMicros) {
        together.look(
                nowMicros,
                series.size(),
                i -> series.get(i).severity(nowMicros),
                i -> series.get(i).identity().name(),
                said.open.size() < FEW_OPEN,
                said);
    }

    private long accept(MetricPoints batch, int s) {
        Series known = byHash.find(batch.hash(s));
        if (known == null) {
            known = series(batch, s);
        }
        long latest = 0;
        int end = batch.first(s + 1);
        for (int point = batch.first(s); point < end; point++) {
            long time = batch.time(point);
            double value = batch.value(point);
            boolean plausible = lastSeenMicros == 0 || time < lastSeenMicros + FUTURE_MICROS;
            if (!Double.isFinite(value) || !plausible) {
                continue;
            }
            latest = Math.max(latest, time);
            if (known != null) {
                accept(known, batch, point);
            }
        }
        return latest;
    }

    private void accept(Series known, MetricPoints batch, int point) {
        if (known.isBounded()) {
            SeriesIdentity identity = known.identity();
            saturation.accept(
                    identity.name(), identity.unit(), identity.attributes(), batch.time(point), batch.value(point));
        }
        double grown = known.accept(batch, point, said);
        if (known.isCollector() && grown > 0) {
            collector.add(batch.time(point), grown);
        }
    }

    /** The series by its identity, which may be known under another order of attributes; null when there is no room. */
    private Series series(MetricPoints batch, int s) {
        SeriesIdentity identity = batch.identity(s);
        Series known = byIdentity.get(identity);
        if (known == null && series.size() < MAX_SERIES) {
            known = add(identity);
        }
        if (known == null) {
            refusedSeries++;
        } else {
            byHash.put(batch.hash(s), known);
        }
        return known;
    }

    private Series add(SeriesIdentity identity) {
        Series added = new Series(instance, identity);
        series.add(added);
        byIdentity.put(identity, added);
        telling.add(added);
        return added;
    }

    private void end() {
        saturation.end(said);
        collector.end(said);
        together.end(said);
        series.forEach(s -> s.end(said));
        beginProcess();
    }

    /** The minute's summary of the series that tell most, at most {@code room} of them; the others are counted. */
    public RollupPart takeMinute(long minute, int room) {
        List<Series> kept = telling.of(series, room);
        List<RollupSeries> rollups = new ArrayList<>(kept.size());
        int all = 0;
        for (Series s : kept) {
            rollups.add(s.minute(saturation));
        }
        for (Series s : series) {
            all += s.hasMinute() ? 1 : 0;
            s.beginMinute();
        }
        return RollupPart.series(minute, rollups, all - rollups.size());
    }

    public long lastSeenMicros() {
        return lastSeenMicros;
    }

    /** Series that found no room. */
    public long refusedSeries() {
        return refusedSeries;
    }

    /** The state in parts by name; what did not change since it was last taken is not among them, null is to be deleted. */
    public Map<String, byte[]> takeParts() {
        return stored.take(series, out -> {
            out.int64(processStartMicros).int64(lastSeenMicros);
            saturation.write(out);
            collector.write(out);
            together.write(out);
        });
    }

    /** Reads the parts back; a part that is missing costs its series their history and nothing else. */
    public static InstanceMetrics fromParts(Map<String, byte[]> parts, EntityRef instance, ForecastSettings forecasts) {
        InstanceMetrics read = new InstanceMetrics(instance, forecasts);
        read.stored.read(
                parts,
                in -> {
                    read.processStartMicros = in.int64();
                    read.lastSeenMicros = in.int64();
                    read.saturation.read(in);
                    read.collector.read(in);
                    read.together.read(in);
                },
                read::add);
        return read;
    }
}
