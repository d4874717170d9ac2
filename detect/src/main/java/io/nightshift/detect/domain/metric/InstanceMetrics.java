package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.forecast.ForecastSettings;
import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.rollup.Coverage;
import io.nightshift.detect.domain.rollup.RollupPart;
import io.nightshift.events.EntityRef;
import io.nightshift.events.RecordRef;
import io.nightshift.events.RollupSeries;
import io.nightshift.schemas.points.MetricPoints;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All metric series of one instance. A new process of the instance begins anew: its series warm up again and what was open
 * about the old process ends, for a cold process is no anomaly. What it finds as the old one left it, such as a disk that fills
 * up or a certificate, goes on.
 */
public final class InstanceMetrics {

    private static final int MAX_SERIES = 2_000;
    /** Findings of one or two series leave it untold that many are concerned. */
    private static final int FEW_OPEN = 3;

    private static final long FUTURE_MICROS = TimeUnit.HOURS.toMicros(1);
    /** Gauges of a start are reckoned from clocks and waver. */
    private static final long START_BLUR_MICROS = TimeUnit.SECONDS.toMicros(2);

    private static final double MOST_SECONDS = 1e11;

    private final Owner owner;
    private final SeriesNames names;
    private final SeriesIndex index = new SeriesIndex();
    private final Said said = new Said();
    private final TellingSeries telling = new TellingSeries();
    private final StoredMetrics stored = new StoredMetrics();
    private final Saturation saturation;
    /** Null where no series tells of garbage collection. */
    private CollectorShare collector;

    private ServiceSeverityJudge together;
    private long processStartMicros;
    /** Of the series that tells when the process began, as batches spell it; 0 when none does. */
    private long startHash;

    private long lastSeenMicros;
    private long refusedSeries;
    /** The most that one batch of this minute had: refused series are not remembered, and so come anew with each batch. */
    private int refusedAtOnce;

    /**
     * An instance of which nothing is known.
     *
     * @param names shared with other instances that the same thread looks after
     */
    public InstanceMetrics(EntityRef instance, ForecastSettings forecasts, SeriesNames names) {
        this.owner = new Owner(instance);
        this.saturation = new Saturation(owner.instance(), forecasts);
        this.names = names;
        beginProcess();
    }

    private void beginProcess() {
        collector = null;
        together = new ServiceSeverityJudge(owner.instance());
        owner.recent().clear();
        index.clear();
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
                // What only comes near its threshold is no decision, unless a person wants to hear of it.
                changed |= finding.severity() >= 1 && open.add(finding.slot());
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
        notice(batch);
        long latest = 0;
        long refused = refusedSeries;
        for (int s = 0; s < batch.size(); s++) {
            latest = Math.max(latest, accept(batch, s));
        }
        refusedAtOnce = Math.max(refusedAtOnce, (int) (refusedSeries - refused));
        if (latest > 0) {
            saturation.judge(said);
            if (collector != null) {
                collector.judge(latest, said);
            }
            lastSeenMicros = Math.max(lastSeenMicros, latest);
            together(latest);
        }
        return said.changed;
    }

    /** Whether this comes from a new process, by what its sender says of it or, failing that, a gauge of its start. */
    private void notice(MetricPoints batch) {
        Long told = batch.resource().getProcessStartMicros();
        long started = told != null ? told : startIn(batch);
        long same = told != null ? 0 : START_BLUR_MICROS;
        if (started == 0 || Math.abs(started - processStartMicros) <= same) {
            return;
        }
        if (processStartMicros != 0) {
            end();
        }
        processStartMicros = started;
    }

    /** When the process began, by its own gauge, microseconds since the epoch; 0 when nothing tells. */
    private long startIn(MetricPoints batch) {
        for (int s = 0; startHash != 0 && s < batch.size(); s++) {
            if (batch.hash(s) == startHash && batch.first(s) < batch.first(s + 1)) {
                double seconds = batch.value(batch.first(s + 1) - 1);
                return seconds > 0 && seconds < MOST_SECONDS ? Math.round(seconds * 1e6) : 0;
            }
        }
        return 0;
    }

    /** The series together, unless people know already from several findings. */
    private void together(long nowMicros) {
        List<Series> series = index.all();
        together.look(
                nowMicros,
                series.size(),
                i -> series.get(i).severity(nowMicros),
                i -> series.get(i).identity().name(),
                said.open.size() < FEW_OPEN,
                said);
    }

    private long accept(MetricPoints batch, int s) {
        int number = index.find(batch.hash(s));
        if (number < 0) {
            number = number(batch, s);
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
            if (number >= 0) {
                accept(number, batch, point);
            }
        }
        return latest;
    }

    private void accept(int number, MetricPoints batch, int point) {
        Series known = index.all().get(number);
        if (known.nature().isBounded()) {
            SeriesIdentity identity = known.identity();
            saturation.accept(
                    known.nature().meaning(),
                    identity.name(),
                    identity.unit(),
                    identity.attributes(),
                    batch.time(point),
                    batch.value(point));
        }
        double grown = known.accept(owner, number, batch, point, said);
        if (collector != null && known.nature().isCollector() && grown > 0) {
            collector.add(batch.time(point), grown);
        }
    }

    /** The series by its identity, which may be known under another order of attributes; -1 when there is no room. */
    private int number(MetricPoints batch, int s) {
        SeriesIdentity identity = batch.identity(s);
        SeriesNature nature = names.known(identity);
        int number = nature == null ? -1 : index.find(nature);
        if (number < 0 && index.all().size() < MAX_SERIES) {
            number = add(names.nature(identity));
        }
        if (number < 0) {
            refusedSeries++;
        } else {
            index.spell(batch.hash(s), number);
            if (index.all().get(number).nature().tellsStart()) {
                startHash = batch.hash(s);
            }
        }
        return number;
    }

    private int add(SeriesNature nature) {
        Series added = Series.of(nature);
        telling.add(added);
        if (collector == null && nature.isCollector()) {
            collector = new CollectorShare(owner.instance());
        }
        return index.add(added);
    }

    private void end() {
        saturation.end(said);
        if (collector != null) {
            collector.end(said);
        }
        together.end(said);
        index.all().forEach(s -> s.end(owner, said));
        beginProcess();
    }

    /** The minute's summary of the series that tell most, at most {@code room} of them; the others are counted. */
    public RollupPart takeMinute(long minute, int room) {
        List<Series> series = index.all();
        List<Series> kept = telling.of(series, room);
        List<RollupSeries> rollups = new ArrayList<>(kept.size());
        int all = 0;
        for (Series s : kept) {
            rollups.add(s.minute(owner, saturation));
        }
        for (Series s : series) {
            all += s.hasMinute() ? 1 : 0;
            s.beginMinute();
        }
        return RollupPart.series(
                minute, rollups, all - rollups.size(), coverage(TimeUnit.MINUTES.toMicros(minute + 1)));
    }

    private Coverage coverage(long nowMicros) {
        Coverage coverage = Coverage.NONE.refused(refusedAtOnce);
        refusedAtOnce = 0;
        for (Series s : index.all()) {
            coverage = s.cover(coverage, nowMicros);
        }
        return coverage;
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
        return stored.take(index.all(), out -> {
            out.int64(processStartMicros).int64(lastSeenMicros);
            saturation.write(out);
            (collector == null ? new CollectorShare(owner.instance()) : collector).write(out);
            together.write(out);
        });
    }

    /** Reads the parts back; a part that is missing costs its series their history and nothing else. */
    public static InstanceMetrics fromParts(
            Map<String, byte[]> parts, EntityRef instance, ForecastSettings forecasts, SeriesNames names) {
        InstanceMetrics read = new InstanceMetrics(instance, forecasts, names);
        read.stored.read(
                parts,
                in -> {
                    read.processStartMicros = in.int64();
                    read.lastSeenMicros = in.int64();
                    read.saturation.read(in);
                    read.collector = new CollectorShare(instance);
                    read.collector.read(in);
                    read.together.read(in);
                },
                identity -> read.index.all().get(read.add(names.nature(identity))));
        if (read.index.all().stream().noneMatch(series -> series.nature().isCollector())) {
            read.collector = null;
        }
        return read;
    }
}
