package io.nightshift.bench.rca;

import io.nightshift.bench.Figures;
import io.nightshift.investigate.domain.measure.Alarms;
import io.nightshift.investigate.domain.measure.Gauge;
import io.nightshift.investigate.domain.measure.Measurement;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Ranked;
import io.nightshift.investigate.domain.measure.Requests;
import io.nightshift.investigate.domain.measure.Requests.Intervals;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.investigate.domain.measure.Traces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift bench rank}: time to measure and rank one incident, by the number of services. */
@Command(
        name = "rank",
        description = {
            "Milliseconds to measure and rank one incident: each service with 60 minutes of requests, processor and memory,",
            "each calling three others, one of them slow and failing. Median of 21 runs after 10, one thread.",
        })
public final class RankSpeed implements Callable<Integer> {

    private static final int MINUTES = 60;
    private static final int AFTER = 4;
    private static final int CALLEES = 3;
    private static final int WARM_UP = 10;
    private static final int RUNS = 21;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        new Figures()
                .put("ms_at_50_services", median(50))
                .put("ms_at_5000_services", median(5_000))
                .print(System.out, json);
        return 0;
    }

    static double median(int services) {
        Observations seen = incident(services, new Random(services));
        double[] millis = new double[WARM_UP + RUNS];
        for (int run = 0; run < millis.length; run++) {
            long begin = System.nanoTime();
            Ranked ranked = Ranked.of(Measurement.of(seen));
            millis[run] = (System.nanoTime() - begin) / 1e6;
            if (ranked.place(name(0)) != 1) {
                throw new IllegalStateException("the slow service is not the first: nothing worth timing was ranked");
            }
        }
        double[] timed = Arrays.copyOfRange(millis, WARM_UP, millis.length);
        Arrays.sort(timed);
        return timed[timed.length / 2];
    }

    private static Observations incident(int services, Random random) {
        Map<String, Set<String>> callees = new HashMap<>();
        List<Requests> requests = new ArrayList<>();
        List<Gauge> gauges = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            boolean ill = i == 0;
            Set<String> called = new HashSet<>();
            for (int call = 0; call < CALLEES && i > 0; call++) {
                called.add(name(random.nextInt(i)));
            }
            callees.put(name(i), called);
            requests.add(new Requests(
                    name(i),
                    intervals(MINUTES, random, 0, 20),
                    intervals(5, random, 0, 20),
                    intervals(AFTER, random, ill ? 300 : 0, ill ? 800 : 20)));
            gauges.add(gauge(name(i), SignKind.CPU, random, ill));
            gauges.add(gauge(name(i), SignKind.MEMORY, random, false));
        }
        return new Observations(callees, gauges, requests, List.of(), Traces.NONE, Traces.NONE, Alarms.NONE);
    }

    private static Gauge gauge(String service, SignKind kind, Random random, boolean high) {
        return new Gauge(
                service,
                kind,
                values(MINUTES, value -> 50 + 5 * random.nextGaussian()),
                values(AFTER, value -> (high ? 95 : 50) + 5 * random.nextGaussian()));
    }

    private static Intervals intervals(int minutes, Random random, double errors, double millis) {
        return new Intervals(
                values(minutes, value -> 1000 + 20 * random.nextGaussian()),
                values(minutes, value -> errors),
                values(minutes, value -> millis + random.nextGaussian()));
    }

    private static double[] values(int count, DoubleUnaryOperator value) {
        return IntStream.range(0, count).mapToDouble(value::applyAsDouble).toArray();
    }

    private static String name(int i) {
        return "service-" + i;
    }
}
