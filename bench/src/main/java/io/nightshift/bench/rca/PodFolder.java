package io.nightshift.bench.rca;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.DataException;
import io.nightshift.investigate.domain.measure.Alarms;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Metrics of pods, and a table of spans and one of log lines a minute: {@code rca_data/DAY/DAY-fault_list.json} with
 * {@code metric/}, {@code trace/HH_MM_trace.csv}, {@code log/HH_MM_log.csv} beside it; {@code construct_data/DAY} holds minutes
 * without fault in the same form.
 */
final class PodFolder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LIST = "-fault_list.json";

    /** A fault works for some minutes, and what it leaves behind for some more. */
    private static final int MINUTES = 4;

    private static final double JUST_BEFORE = 240;
    private static final double DEAD_TIME = 20;
    private static final double AFTERMATH = 600;
    private static final double HEADROOM = 300;
    private static final long DAY = 86_400;
    private static final double NORMAL_EVERY = 300;

    private final Path folder;
    private final PodMetrics metrics = new PodMetrics();
    private final EdgeMetrics edges = new EdgeMetrics();
    private final TraceFiles files = new TraceFiles();
    private final Traces usual;

    private PodFolder(Path folder) throws IOException {
        this.folder = folder;
        List<Path> spans = new ArrayList<>();
        List<Path> logs = new ArrayList<>();
        for (Path day : Table.children(folder.resolve("construct_data"))) {
            spans.addAll(tables(day.resolve("trace")));
            logs.addAll(tables(day.resolve("log")));
        }
        this.usual = files.read(spans, logs);
        for (Path day : Table.children(folder.resolve("rca_data"))) {
            for (Path file : Table.children(day.resolve("metric"))) {
                if (PodMetrics.isOne(file)) {
                    metrics.add(file);
                }
            }
            edges.addDay(day.resolve("metric"));
        }
    }

    static boolean isOne(Path folder) {
        return Files.isDirectory(folder.resolve("rca_data"));
    }

    static LabelledSet read(Path folder) throws IOException {
        return new PodFolder(folder).set();
    }

    private LabelledSet set() throws IOException {
        List<Trouble> faults = new ArrayList<>();
        for (Path day : Table.children(folder.resolve("rca_data"))) {
            Path list = day.resolve(day.getFileName() + LIST);
            if (Files.isRegularFile(list)) {
                faults.addAll(faults(day, list));
            }
        }
        if (faults.isEmpty() || metrics.isEmpty()) {
            throw new DataException(folder, "no rca_data/DAY/DAY-fault_list.json with metric/*_metric.csv beside it");
        }
        faults.sort(Comparator.comparing(Trouble::at).thenComparing(Trouble::name));
        return new LabelledSet(
                folder.getFileName().toString(),
                "pods, traces and logs",
                String.format(
                        Locale.ROOT,
                        "metrics: all minutes before the onset; traces: %,d parts of requests in fault-free minutes",
                        usual.entries().size()),
                faults,
                normal(faults));
    }

    private List<Trouble> faults(Path day, Path list) throws IOException {
        List<Trouble> faults = new ArrayList<>();
        for (JsonNode hour : JSON.readTree(list.toFile())) {
            for (JsonNode fault : hour) {
                double onset =
                        PodMetrics.seconds(list, fault.path("inject_time").asText());
                String pod = fault.path("inject_pod").asText();
                faults.add(new Trouble(
                        fault.path("inject_time").asText(),
                        Instant.ofEpochSecond((long) onset),
                        PodName.service(pod),
                        fault.path("inject_type").asText(),
                        () -> observe(onset, tracesOf(day, onset), usual)));
            }
        }
        return faults;
    }

    private Traces tracesOf(Path day, double onset) {
        LocalDateTime minute =
                LocalDateTime.ofEpochSecond((long) onset, 0, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        List<Path> spans = new ArrayList<>();
        List<Path> logs = new ArrayList<>();
        for (int i = 0; i < MINUTES; i++) {
            LocalDateTime at = minute.plusMinutes(i);
            String stem = String.format(Locale.ROOT, "%02d_%02d", at.getHour(), at.getMinute());
            Table.plainOrZipped(day.resolve("trace").resolve(stem + "_trace.csv"))
                    .ifPresent(spans::add);
            Table.plainOrZipped(day.resolve("log").resolve(stem + "_log.csv")).ifPresent(logs::add);
        }
        try {
            return files.read(spans, logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Minutes before a day's first fault and well after its last; their traces are one half of the fault-free ones beside the other. */
    private List<Trouble> normal(List<Trouble> faults) {
        List<double[]> spans = spans(faults);
        List<Trouble> normal = new ArrayList<>();
        for (double at = metrics.first() + 20 * 60; at < metrics.last() - HEADROOM; at += NORMAL_EVERY) {
            double onset = at;
            boolean free = spans.stream().noneMatch(span -> onset > span[0] - HEADROOM && onset < span[1] + AFTERMATH);
            if (free && metrics.hasRows(onset)) {
                normal.add(new Trouble(
                        "normal " + Instant.ofEpochSecond((long) at), Instant.ofEpochSecond((long) at), "", "", () -> {
                            Random coin = new Random((long) onset);
                            return observe(
                                    onset,
                                    Halves.of(usual, coin, true),
                                    Halves.of(usual, new Random((long) onset), false));
                        }));
            }
        }
        return normal;
    }

    /** From the first to the last fault of each day: a list may name some of a day's faults only. */
    private static List<double[]> spans(List<Trouble> faults) {
        Map<Long, double[]> byDay = new TreeMap<>();
        for (Trouble fault : faults) {
            double at = fault.at().getEpochSecond();
            byDay.merge(fault.at().getEpochSecond() / DAY, new double[] {at, at}, (a, b) ->
                    new double[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
        }
        return List.copyOf(byDay.values());
    }

    private Observations observe(double onset, Traces now, Traces before) {
        Map<String, Set<String>> callees = new TreeMap<>();
        Stream.concat(usual.hops().stream(), now.hops().stream())
                .forEach(hop -> callees.computeIfAbsent(hop.caller(), any -> new TreeSet<>())
                        .add(hop.callee()));
        edges.names().forEach((caller, called) -> callees.computeIfAbsent(caller, any -> new TreeSet<>())
                .addAll(called));
        return new Observations(
                callees,
                metrics.gauges(time -> time < onset, time -> isAfter(time, onset)),
                metrics.requests(
                        time -> time < onset,
                        time -> time < onset && time >= onset - JUST_BEFORE,
                        time -> isAfter(time, onset)),
                edges.times(time -> time < onset, time -> isAfter(time, onset)),
                before,
                now,
                Alarms.NONE);
    }

    private static boolean isAfter(double time, double onset) {
        return time >= onset + DEAD_TIME && time < onset + DEAD_TIME + MINUTES * 60;
    }

    private static List<Path> tables(Path folder) throws IOException {
        return Table.children(folder).stream()
                .filter(file ->
                        file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
                .toList();
    }
}
