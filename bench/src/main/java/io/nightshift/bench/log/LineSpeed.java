package io.nightshift.bench.log;

import io.nightshift.detect.domain.log.LogMiner;
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

/** Lines a second through the production miner on one thread, and through a plain Drain, both of which know the templates. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LineSpeed {

    private static final long SEED = 20_261_123;

    /** Whether values look like values, or two of a line like words. */
    @Param({"ordinary", "two"})
    public String stream;

    private final LogMiner miner = new LogMiner();
    private final Drain drain = new Drain(Drain.Settings.generic());
    private String[] lines;
    private int next;

    /** Generates the lines; all pass both once. */
    @Setup
    public void generate() {
        LogLoad load = new LogLoad(SEED);
        lines = stream.equals("two") ? load.twoParameters() : load.ordinary();
        for (String line : lines) {
            miner.template(line);
            drain.group(line);
        }
    }

    /** One line through the miner. */
    @Benchmark
    public Object miner() {
        return miner.template(line());
    }

    /** One line through Drain. */
    @Benchmark
    public Object drain() {
        return drain.group(line());
    }

    private String line() {
        next = next + 1 < lines.length ? next + 1 : 0;
        return lines[next];
    }
}
