package io.nightshift.bench.pipeline;

import io.nightshift.bench.Figures;
import io.nightshift.runtime.Stage;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code kill -9} in the middle of the work: {@code run detect} reads a fleet's telemetry, is killed when half of it is
 * committed, and is started again at once on the same disk. Another run reads the same without being killed; what the two told
 * is compared. Probes alarm all along, each once.
 */
final class Killed {

    private static final String CALM = "calm";
    private static final int PROBES = 200;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(20);

    private final Lab lab;
    private final String heap;
    private Map<TopicPartition, Long> ends;

    /** @param heap of the process that is killed */
    Killed(Lab lab, String heap) {
        this.lab = lab;
        this.heap = heap;
    }

    void measure(int series, int intervals, Figures figures) throws IOException, InterruptedException {
        long points = write(new Fleet(series), intervals);
        ends = Drain.ends(lab.admin(), lab.topics().metrics().name());
        ends.putAll(Drain.ends(lab.admin(), lab.topics().ticks().name()));
        Map<TopicPartition, Long> begin = Told.here(lab);
        say("the same without a kill");
        try (Stage calm = lab.detect(CALM)) {
            calm.start();
            await(CALM + "-detect", all(), () -> {});
        }
        Told whole = Told.since(lab, begin);
        begin = Told.here(lab);
        killed(points, figures);
        compare(whole, Told.since(lab, begin), figures);
    }

    private long write(Fleet fleet, int intervals) {
        long every = Probe.EVERY_MICROS;
        long from = System.currentTimeMillis() * 1_000 - intervals * every;
        try (Feed feed = new Feed(lab)) {
            Probe.remember(feed, PROBES, from);
            for (int interval = 0; interval < intervals; interval++) {
                say("writing interval " + (interval + 1) + " of " + intervals);
                for (int number = 0; number < PROBES; number++) {
                    Probe probe = new Probe(number);
                    if (number % intervals == interval) {
                        probe.alarm(feed, from + interval * every);
                    } else {
                        probe.calm(feed, from + interval * every);
                    }
                }
                feed.interval(fleet, from + interval * every, every);
            }
            feed.flush();
        }
        return (long) fleet.series() * intervals;
    }

    private void killed(long points, Figures figures) throws IOException, InterruptedException {
        String group = DetectProcess.GROUP;
        long all = all();
        try (DetectProcess process = new DetectProcess(lab, heap)) {
            process.start();
            say("a process of its own");
            await(group, all / 2, process::check);
            process.kill();
            long committed = committed(group);
            process.start();
            say("killed, and started again");
            double running = Double.NaN;
            while (committed(group) <= committed) {
                running = Double.isNaN(running) && process.isRunning() ? process.secondsSinceStart() : running;
                process.check();
                LockSupport.parkNanos(LOOK_NANOS);
            }
            double first = process.secondsSinceStart();
            await(group, all, process::check);
            figures.put("restart_kill9_s", first)
                    .put("restart_kill9_running_s", Double.isNaN(running) ? first : Math.min(running, first))
                    .put("restart_kill9_caught_up_s", process.secondsSinceStart())
                    .put("kill9_points_left", Math.round((double) points * (all - committed) / all));
        }
    }

    private void await(String group, long enough, Runnable check) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (committed(group) < enough) {
            check.run();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(group + " did not get through its topics in 20 minutes");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private long all() {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    private long committed(String group) {
        return Drain.committed(lab.admin(), group, ends);
    }

    private static void compare(Told whole, Told killed, Figures figures) {
        long probes = 0;
        for (int number = 0; number < PROBES; number++) {
            probes += killed.openedAt().getOrDefault(new Probe(number).instance(), 0) > 0 ? 1 : 0;
        }
        figures.put("kill9_probes_told", probes)
                .put("kill9_probes", (long) PROBES)
                .put("kill9_anomalies", (long) killed.opened().size())
                .put("kill9_anomalies_twice", killed.twice())
                .put("kill9_anomalies_only_without", whole.notIn(killed))
                .put("kill9_anomalies_only_with", killed.notIn(whole))
                .put("kill9_summarised_points_missing", whole.points() - killed.points());
    }

    private static void say(String what) {
        System.err.println("  " + what);
    }
}
