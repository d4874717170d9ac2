package io.nightshift.bench.speed;

import io.nightshift.detect.domain.metric.SeriesDetector;
import io.nightshift.detect.domain.metric.Severity;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Points a second through the production code on one thread: series after series as batches bring them, so that with many
 * series each point finds its state outside the caches; and one series alone. All know every hour of the week before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PointSpeed {

    static final int HISTORY = 2 * 7 * 24;

    /** Series in turn. */
    @Param({"1", "100000"})
    public int series;

    private final Load load = new Load();
    private SeriesDetector[] detectors;
    private int next;
    private int step = 60 * HISTORY;

    /** Gives every series two weeks of history. */
    @Setup
    public void remember() {
        detectors = new SeriesDetector[series];
        for (int i = 0; i < series; i++) {
            detectors[i] = new SeriesDetector();
            for (int hour = 0; hour < HISTORY; hour++) {
                detectors[i].accept(Load.hourly(hour), load.at(i, 60 * hour));
                Severity.of(detectors[i]);
            }
        }
    }

    /** One point through the detector that alarms. */
    @Benchmark
    public double detector() {
        advance();
        return detectors[next].accept(Load.eachMinute(step), load.at(next, step));
    }

    /** One point through the detector and the severity, which production asks too. */
    @Benchmark
    public double detectorAndSeverity() {
        advance();
        detectors[next].accept(Load.eachMinute(step), load.at(next, step));
        return Severity.of(detectors[next]);
    }

    private void advance() {
        if (++next >= series) {
            next = 0;
            step++;
        }
    }
}
