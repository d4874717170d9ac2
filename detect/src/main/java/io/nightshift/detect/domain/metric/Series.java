package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.EntityRef;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.RollupSeries;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One metric series: what its points mean as one number, and its judge. Sums become rates, histograms the mean of the
 * observations since the point before.
 */
final class Series {

    private final String name;
    private final String unit;
    private final Map<String, String> attributes;
    private final Counter sum = new Counter();
    private final Counter count = new Counter();
    private final SeriesJudge judge;
    private long lastMicros;
    private MinuteOfPoints minute = new MinuteOfPoints();

    Series(EntityRef instance, String name, String unit, Map<String, String> attributes) {
        this.name = name;
        this.unit = unit;
        this.attributes = attributes;
        this.judge = new SeriesJudge(instance, name, unit, attributes);
    }

    /** Takes point {@code i}; returns by how much a sum grew, NaN when that is not known. */
    double accept(MetricSeries points, int i, long time, double value, Consumer<Judgement> out) {
        if (time <= lastMicros) {
            return Double.NaN;
        }
        long start = i < points.getStartTimesMicros().size()
                ? points.getStartTimesMicros().get(i)
                : 0;
        double seconds = lastMicros == 0 ? Double.NaN : (time - lastMicros) / 1e6;
        lastMicros = time;
        double grown = Double.NaN;
        double level = Double.NaN;
        switch (points.getKind()) {
            case CUMULATIVE_SUM -> {
                if (points.getMonotonic()) {
                    grown = sum.growth(time, start, value);
                    level = grown / seconds;
                } else {
                    level = value;
                }
            }
            case DELTA_SUM -> {
                grown = value;
                level = value / seconds;
            }
            case CUMULATIVE_HISTOGRAM -> {
                grown = sum.growth(time, start, value);
                double observed = i < points.getCounts().size()
                        ? count.growth(time, start, points.getCounts().get(i))
                        : Double.NaN;
                level = observed > 0 ? grown / observed : Double.NaN;
            }
            case DELTA_HISTOGRAM -> {
                grown = value;
                level = i < points.getCounts().size() && points.getCounts().get(i) > 0
                        ? value / points.getCounts().get(i)
                        : Double.NaN;
            }
            default -> level = value;
        }
        if (!Double.isNaN(level)) {
            minute.add(level);
            judge.accept(time, level, out);
        }
        return grown;
    }

    void end(Consumer<Judgement> out) {
        judge.end(out);
    }

    Optional<RollupSeries> takeMinute(Saturation saturation) {
        if (minute.count() == 0) {
            return Optional.empty();
        }
        MinuteOfPoints taken = minute;
        minute = new MinuteOfPoints();
        return Optional.of(taken.rollup(
                name,
                unit,
                judge.instance(),
                attributes,
                judge.lower(),
                judge.upper(),
                saturation.limitOf(name, attributes)));
    }

    void write(StateWriter out) {
        out.text(name).text(unit).int32(attributes.size());
        attributes.forEach((key, value) -> out.text(key).text(value));
        out.int64(lastMicros);
        judge.write(out);
    }

    static Series read(StateReader in, EntityRef instance) {
        String name = in.text();
        String unit = in.text();
        Map<String, String> attributes = new TreeMap<>();
        for (int left = in.int32(); left > 0; left--) {
            attributes.put(in.text(), in.text());
        }
        Series read = new Series(instance, name, unit, attributes);
        read.lastMicros = in.int64();
        read.judge.read(in);
        return read;
    }
}
