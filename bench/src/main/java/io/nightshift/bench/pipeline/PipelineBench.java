package io.nightshift.bench.pipeline;

import io.nightshift.bench.Figures;
import io.nightshift.runtime.Stage;
import io.nightshift.schemas.Topics;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Deserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift bench pipeline}. */
@Command(
        name = "pipeline",
        description = {
            "Reads a fleet's telemetry through the topology of detect, beside one that only deserialises it, exactly once",
            "and on the embedded broker; both with the production configuration.",
            "",
            "  ratio                      points/s through detect, of points/s through the other topology",
            "  ratio_per_cpu              the same per CPU-second",
            "  points_per_cpu_s           points of detect per CPU-second of the whole process, the broker included",
            "  changelog_bytes_per_point  on the broker's disk",
            "  p99_ms                     telemetry produced until its anomaly is readable, at half that load",
            ""
        })
public final class PipelineBench implements Callable<Integer> {

    private static final String FORWARDED = "bench-forwarded";

    @Option(names = "--series", description = "Active series. Default: ${DEFAULT-VALUE}.")
    private int series = 100_000;

    @Option(names = "--intervals", description = "Points of each series, a minute apart. Default: ${DEFAULT-VALUE}.")
    private int intervals = 30;

    @Option(names = "--rounds", description = "Runs of each topology, in turn; 0 for none. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--partitions", description = "Partitions of telemetry. Default: ${DEFAULT-VALUE}.")
    private int partitions = 4;

    @Option(names = "--restart", description = "Measure restarts too: after a clean stop, and with the stores gone.")
    private boolean restart;

    @Option(
            names = "--kill",
            description = {
                "Kill run detect, a process of its own, in the middle of its work, and start it again:",
                "restart_kill9_s until its first batch is committed, restart_kill9_caught_up_s until all are;",
                "kill9_anomalies_* compare what it told with a run that is not killed."
            })
    private boolean kill;

    @Option(names = "--heap", description = "Heap of that process. Default: ${DEFAULT-VALUE}, as run has it.")
    private String heap = "1536m";

    @Option(names = "--no-latency", description = "Leave the latency out.")
    private boolean noLatency;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, ExecutionException, InterruptedException {
        Figures figures = new Figures();
        if (rounds > 0) {
            speed(figures);
        }
        if (kill) {
            say("kill -9");
            try (Lab lab = new Lab(partitions, true)) {
                new Killed(lab, heap).measure(series, intervals, figures);
            }
        }
        figures.print(System.out, json);
        return 0;
    }

    private void speed(Figures figures) throws IOException, ExecutionException, InterruptedException {
        double perSecond;
        try (Lab lab = new Lab(partitions, false)) {
            perSecond = throughput(lab, figures);
        }
        if (!noLatency) {
            say("latency at half that load");
            try (Lab lab = new Lab(partitions, false)) {
                figures.put("p99_ms", new Latency(lab).p99Millis(perSecond / 2));
            }
        }
    }

    private double throughput(Lab lab, Figures figures) throws IOException, ExecutionException, InterruptedException {
        Topics topics = lab.topics();
        String metrics = topics.metrics().name();
        lab.admin()
                .createTopics(List.of(new NewTopic(FORWARDED, partitions, (short) 1)))
                .all()
                .get();
        Fleet fleet = new Fleet(series);
        long points = write(lab, fleet);
        double[] plain = new double[rounds];
        double[] plainCpu = new double[rounds];
        double[] lean = new double[rounds];
        double[] detect = new double[rounds];
        double[] detectCpu = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            say("round " + (round + 1) + " of " + rounds);
            Drain drain = pass(
                    lab, "plain-" + round, metrics, topics.metrics().value().deserializer());
            plain[round] = points / drain.seconds();
            plainCpu[round] = points / drain.cpuSeconds();
            lean[round] = points
                    / pass(lab, "lean-" + round, metrics, topics.metricPoints()).seconds();
            String run = "detect-" + round;
            drain = drain(lab, run, lab.detect(run), metrics);
            detect[round] = points / drain.seconds();
            detectCpu[round] = points / drain.cpuSeconds();
        }
        String last = "detect-" + (rounds - 1);
        figures.put("ratio", median(detect) / median(plain))
                .put("ratio_per_cpu", median(detectCpu) / median(plainCpu))
                .put("ratio_of_lean_decoding", median(detect) / median(lean))
                .put("points_per_s", median(detect))
                .put("points_per_cpu_s", median(detectCpu))
                .put("passthrough_points_per_s", median(plain))
                .put("changelog_bytes_per_point", (double) ChangelogBytes.of(lab.admin(), last) / points)
                .put("series", (long) fleet.series())
                .put("points", points)
                .put("store_bytes", lab.storeBytes(last))
                .put("heap_bytes_after", usedHeap());
        if (restart) {
            restarts(lab, last, metrics, fleet, figures);
        }
        return median(detect);
    }

    private long write(Lab lab, Fleet fleet) {
        long every = TimeUnit.MINUTES.toMicros(1);
        long from = System.currentTimeMillis() * 1_000 - intervals * every;
        try (Feed feed = new Feed(lab)) {
            for (int interval = 0; interval < intervals; interval++) {
                say("writing interval " + (interval + 1) + " of " + intervals);
                feed.interval(fleet, from + interval * every, every);
            }
            feed.flush();
        }
        return (long) fleet.series() * intervals;
    }

    private static Drain pass(Lab lab, String run, String from, Deserializer<?> value) {
        Stage stage = lab.stage(run, properties -> Passthrough.build(properties, from, value, FORWARDED));
        return drain(lab, run, stage, from);
    }

    private static Drain drain(Lab lab, String run, Stage stage, String topic) {
        try {
            return Drain.of(lab, run, stage, topic);
        } finally {
            stage.close();
        }
    }

    /** Seconds from start until one more interval of the whole fleet is committed. */
    private void restarts(Lab lab, String run, String metrics, Fleet fleet, Figures figures) throws IOException {
        figures.put("restart_after_stop_s", restarted(lab, run, metrics, fleet));
        lab.forgetStores(run);
        figures.put("restart_from_changelog_s", restarted(lab, run, metrics, fleet));
    }

    private double restarted(Lab lab, String run, String metrics, Fleet fleet) {
        say("restart");
        try (Feed feed = new Feed(lab)) {
            feed.interval(fleet, System.currentTimeMillis() * 1_000, TimeUnit.MINUTES.toMicros(1));
            feed.flush();
        }
        Stage stage = lab.detect(run);
        try {
            return Drain.ofRest(lab, run, stage, metrics);
        } finally {
            stage.close();
        }
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void say(String what) {
        System.err.println("  " + what);
    }
}
