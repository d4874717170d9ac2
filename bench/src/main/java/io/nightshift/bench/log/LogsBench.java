package io.nightshift.bench.log;

import io.nightshift.bench.Figures;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift bench logs}: how fast templates are mined, beside a plain Drain. */
@Command(
        name = "logs",
        description = {
            "Measures the miner of log templates: lines a second on one core, beside a plain Drain with one",
            "configuration; also on lines with two parameters that look like words. Takes about two minutes;",
            "keep the machine quiet meanwhile."
        })
public final class LogsBench implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws RunnerException {
        System.err.println("Speed: " + LineSpeed.class.getSimpleName());
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(LineSpeed.class.getName() + "\\..*")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        double ordinary = of(results, "miner", "ordinary");
        double drain = of(results, "drain", "ordinary");
        new Figures()
                .put("lines_per_s", ordinary)
                .put("lines_per_s_two_parameters", of(results, "miner", "two"))
                .put("drain_lines_per_s", drain)
                .put("drain_lines_per_s_two_parameters", of(results, "drain", "two"))
                .put("times_drain", ordinary / drain)
                .print(System.out, json);
        return 0;
    }

    private static double of(Collection<RunResult> results, String benchmark, String stream) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + benchmark))
                .filter(result -> result.getParams().getParam("stream").equals(stream))
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(benchmark + " on " + stream + " lines did not run"));
    }
}
