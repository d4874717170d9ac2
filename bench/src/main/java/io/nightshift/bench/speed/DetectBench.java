package io.nightshift.bench.speed;

import io.nightshift.bench.Figures;
import io.nightshift.detect.domain.metric.SeriesDetector;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift bench detect}: how fast and how small the metric detector is, beside Random Cut Forest. */
@Command(
        name = "detect",
        description = {
            "Measures the metric detector: points a second on one core, beside Random Cut Forest,",
            "and bytes of state a series. Takes about three minutes; keep the machine quiet meanwhile."
        })
public final class DetectBench implements Callable<Integer> {

    private static final int SERIES = 100_000;
    private static final int INSTANCES = 500;
    /** A young series: two hours, a point each minute. */
    private static final int YOUNG_POINTS = 120;
    /** A week in steps of less than an hour, which is as far as a sender's clock may jump: every hour of the week was seen. */
    private static final int WEEK_STEP_MINUTES = 59;

    private static final int WEEK_POINTS = 7 * 24 * 60 / WEEK_STEP_MINUTES + 1;

    private static final Load LOAD = new Load();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws RunnerException {
        Figures figures = new Figures();
        Collection<RunResult> speed = run(PointSpeed.class);
        double points = of(speed, "detector", SERIES);
        double forest =
                run(ForestSpeed.class).iterator().next().getPrimaryResult().getScore();
        figures.put("points_per_s", points).put("rcf_points_per_s", forest);
        sizes(figures);
        figures.put("times_rcf", points / forest)
                .put("points_per_s_one_series", of(speed, "detector", 1))
                .put("points_per_s_with_severity", of(speed, "detectorAndSeverity", SERIES))
                .put("points_per_s_with_severity_one_series", of(speed, "detectorAndSeverity", 1))
                .print(System.out, json);
        return 0;
    }

    private static void sizes(Figures figures) {
        ActiveInstances instances = new ActiveInstances();
        IntFunction<Object> young = i -> instances.instance(i, YOUNG_POINTS, 1);
        IntFunction<Object> old = i -> instances.instance(i, WEEK_POINTS, WEEK_STEP_MINUTES);
        figures.put("bytes_per_series_plain", size("all of a young series", INSTANCES, young) / ActiveInstances.SERIES)
                .put(
                        "bytes_per_series_seasonal",
                        size("all of a seasonal series", INSTANCES, old) / ActiveInstances.SERIES)
                .put("serialised_bytes_plain", ActiveInstances.serialised(instances.instance(0, YOUNG_POINTS, 1)))
                .put(
                        "serialised_bytes_seasonal",
                        ActiveInstances.serialised(instances.instance(0, WEEK_POINTS, WEEK_STEP_MINUTES)))
                .put("detector_bytes_plain", size("a young detector", SERIES, i -> detector(i, YOUNG_POINTS, 1)))
                .put(
                        "detector_bytes_seasonal",
                        size("a seasonal detector", SERIES, i -> detector(i, WEEK_POINTS, WEEK_STEP_MINUTES)));
    }

    private static double size(String what, int count, IntFunction<Object> make) {
        System.err.printf(Locale.ROOT, "Size of %s, mean of %,d%n", what, count);
        return StateSize.of(count, make);
    }

    private static Object detector(int series, int points, int minutesApart) {
        SeriesDetector detector = new SeriesDetector();
        for (int i = 0; i < points; i++) {
            detector.accept(Load.eachMinute(i * minutesApart), LOAD.at(series, i * minutesApart));
        }
        return detector;
    }

    /** Each benchmark in a process of its own, started with this one's class path. */
    private static Collection<RunResult> run(Class<?> benchmarks) throws RunnerException {
        System.err.println("Speed: " + benchmarks.getSimpleName());
        return new Runner(new OptionsBuilder()
                        .include(benchmarks.getName() + "\\..*")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    private static double of(Collection<RunResult> results, String benchmark, int series) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
                .filter(result -> result.getParams().getParam("series").equals(String.valueOf(series)))
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(benchmark + " with " + series + " series did not run"));
    }
}
