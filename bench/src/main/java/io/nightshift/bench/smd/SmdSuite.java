package io.nightshift.bench.smd;

import io.nightshift.bench.Figures;
import io.nightshift.bench.Suite;
import io.nightshift.bench.baseline.EwmaDistance;
import io.nightshift.bench.baseline.RandomCut;
import io.nightshift.detect.domain.metric.SeriesDetector;
import io.nightshift.detect.domain.metric.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift eval smd}: the severity of machines with many metrics, beside two baselines pooled in the same way. */
@Command(
        name = "smd",
        description = {
            "Scores the severity of services with many metrics on the Server Machine Dataset,",
            "or on a folder of yours with NAME_train.csv, NAME_test.csv and NAME_test_label.csv as there."
        })
public final class SmdSuite extends Suite {

    /** Best of 100 to 10,000 points on the data set: the baseline is not to be weak. */
    private static final double EWMA_MEMORY = 10_000;

    @Option(names = "--no-rcf", description = "Leave out Random Cut Forest, which takes most of the time.")
    private boolean withoutForest;

    @Override
    protected Figures score(Path folder) throws IOException {
        List<Machine> machines = Machine.under(folder);
        Figures byMachine = new Figures();
        double[] sums = new double[6];
        for (Machine machine : machines) {
            double[] of = score(machine);
            byMachine.put(machine.name(), figures(of).put("longest_buffer", (long) Scores.longestBuffer(machine)));
            for (int i = 0; i < sums.length; i++) {
                sums[i] += of[i] / machines.size();
            }
        }
        return figures(sums).put("machines", (long) machines.size()).put("by_machine", byMachine);
    }

    private double[] score(Machine machine) {
        Scores ours = scores(machine, "severity", SmdSuite::severity);
        Scores ewma = scores(machine, "EWMA", () -> {
            EwmaDistance distance = new EwmaDistance(EWMA_MEMORY);
            return (time, value) -> distance.accept(value);
        });
        double[] figures = {
            ours.vusPr(machine),
            ours.vusPrWithHold(machine),
            ewma.vusPrWithHold(machine),
            Double.NaN,
            ewma.vusPr(machine),
            Double.NaN
        };
        if (!withoutForest) {
            Scores forest = scores(machine, "Random Cut Forest", SmdSuite::forest);
            figures[3] = forest.vusPr(machine);
            figures[5] = forest.vusPrWithHold(machine);
        }
        return figures;
    }

    private static Scores.Scorer severity() {
        SeriesDetector detector = new SeriesDetector();
        return (time, value) -> {
            detector.accept(time, value);
            return Severity.of(detector);
        };
    }

    private static Scores.Scorer forest() {
        RandomCut forest = new RandomCut(1);
        float[] point = new float[1];
        return (time, value) -> {
            point[0] = (float) value;
            return forest.accept(point);
        };
    }

    private static Scores scores(Machine machine, String what, Supplier<Scores.Scorer> scorer) {
        System.err.printf(
                "%s: %s on %d metrics of %,d points%n",
                machine.name(), what, machine.series().length, machine.points());
        Scores.Scorer[] scorers = new Scores.Scorer[machine.series().length];
        for (int metric = 0; metric < scorers.length; metric++) {
            scorers[metric] = scorer.get();
        }
        return new Scores(machine, scorers);
    }

    private static Figures figures(double[] of) {
        return new Figures()
                .put("vus_pr", of[0])
                .put("vus_pr_hold", of[1])
                .put("vus_pr_ewma_hold", of[2])
                .put("vus_pr_rcf", of[3])
                .put("vus_pr_ewma", of[4])
                .put("vus_pr_rcf_hold", of[5]);
    }
}
