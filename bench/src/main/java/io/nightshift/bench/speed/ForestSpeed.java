package io.nightshift.bench.speed;

import io.nightshift.bench.baseline.RandomCut;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Points a second through one Random Cut Forest that is full. A forest a series would not fit into memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ForestSpeed {

    private static final int FULL = 2_000;

    private final Load load = new Load();
    private final RandomCut forest = new RandomCut(1);
    private final float[] point = new float[1];
    private int step;

    /** Fills the trees. */
    @Setup
    public void fill() {
        while (step < FULL) {
            randomCutForest();
        }
    }

    /** Scores and learns one point. */
    @Benchmark
    public double randomCutForest() {
        point[0] = (float) load.at(0, step++);
        return forest.accept(point);
    }
}
