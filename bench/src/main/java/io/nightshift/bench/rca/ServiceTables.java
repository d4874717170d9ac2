package io.nightshift.bench.rca;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.Csv;
import io.nightshift.bench.DataException;
import io.nightshift.investigate.domain.measure.Alarms;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Requests;
import io.nightshift.investigate.domain.measure.Requests.Intervals;
import io.nightshift.investigate.domain.measure.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One table of golden signals a case: three heading rows (microservice, metric, statistic), a row an interval; {@code graph.csv}
 * as a matrix, {@code noissue/} for what is usual, {@code ISSUE/target.json} for where and when users felt it.
 */
final class ServiceTables {

    private static final double NOW_SECONDS = 600;
    private static final double JUST_BEFORE_SECONDS = 600;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ServiceTables() {}

    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve("graph.csv"))
                && Table.plainOrZipped(folder.resolve("noissue/metrics.csv")).isPresent();
    }

    static LabelledSet read(Path folder) throws IOException {
        Map<String, Set<String>> graph = graph(folder.resolve("graph.csv"));
        Signals usual = Signals.read(
                Table.plainOrZipped(folder.resolve("noissue/metrics.csv")).orElseThrow());
        List<Trouble> faults = new ArrayList<>();
        for (Path half : Table.children(folder)) {
            for (Path issue : Table.children(half)) {
                Optional<Path> metrics = Table.plainOrZipped(issue.resolve("metrics.csv"));
                if (metrics.isPresent() && Files.isRegularFile(issue.resolve("target.json"))) {
                    faults.add(fault(folder, issue, metrics.get(), graph, usual));
                }
            }
        }
        faults.sort(Comparator.comparing(Trouble::at).thenComparing(Trouble::name));
        return new LabelledSet(
                folder.getFileName().toString(),
                "service tables",
                "the fault-free table, " + usual.times.length + " rows; the rows of the case that end before the onset",
                faults,
                normal(folder, graph, usual));
    }

    private static Trouble fault(Path folder, Path issue, Path metrics, Map<String, Set<String>> graph, Signals usual)
            throws IOException {
        JsonNode target = JSON.readTree(issue.resolve("target.json").toFile());
        double onset = target.path("target").path("timestamp").asDouble();
        String cause = target.path("root_cause").path("node").asText();
        if (onset <= 0 || cause.isEmpty()) {
            throw new DataException(issue.resolve("target.json"), "has no target.timestamp or no root_cause.node");
        }
        return new Trouble(
                folder.relativize(issue).toString(),
                Instant.ofEpochSecond((long) onset),
                cause,
                target.path("target").path("metric").asText(),
                () -> observe(graph, usual, 0, usual.times.length, Signals.readLater(metrics), onset));
    }

    /** Every second row of the latter half of the normal time as if something had begun there; what is usual came before it. */
    private static List<Trouble> normal(Path folder, Map<String, Set<String>> graph, Signals usual) {
        List<Trouble> normal = new ArrayList<>();
        for (int row = usual.times.length / 4; row + 2 < usual.times.length; row += 3) {
            int onset = row;
            normal.add(new Trouble(
                    folder.getFileName() + "/normal " + row,
                    Instant.ofEpochSecond((long) usual.times[row]),
                    "",
                    "",
                    () -> observe(graph, usual, 0, onset - 3, usual, usual.times[onset])));
        }
        return normal;
    }

    private static Observations observe(
            Map<String, Set<String>> graph, Signals usual, int from, int to, Signals seen, double onset) {
        List<Requests> requests = new ArrayList<>();
        double interval = usual.interval();
        // A row stands at the start of what it sums up. The one around the onset belongs to neither side.
        int[] after = seen.rows(onset - interval / 3, onset + NOW_SECONDS);
        int[] just = seen.rows(onset - interval - JUST_BEFORE_SECONDS, onset - interval * 0.8);
        int[] baseline = java.util.stream.IntStream.range(from, to).toArray();
        for (String entity : seen.entities()) {
            requests.add(new Requests(
                    entity,
                    usual.intervals(entity, baseline),
                    seen.intervals(entity, just),
                    seen.intervals(entity, after)));
        }
        return new Observations(graph, List.of(), requests, List.of(), Traces.NONE, Traces.NONE, Alarms.NONE);
    }

    private static Map<String, Set<String>> graph(Path file) throws IOException {
        Table table = Table.read(file);
        List<List<String>> all = Csv.read(file);
        Map<String, Set<String>> callees = new TreeMap<>();
        for (List<String> row : table.rows()) {
            Set<String> called = new TreeSet<>();
            for (int column = 1; column < row.size(); column++) {
                if (Table.number(row, column) > 0) {
                    called.add(all.get(0).get(column));
                }
            }
            callees.put(row.get(0), called);
        }
        return callees;
    }

    /** The columns of one table by entity. */
    private static final class Signals {
        private final double[] times;
        private final Map<String, double[]> columns = new TreeMap<>();
        private final Set<String> entities = new TreeSet<>();

        private Signals(Path file, List<List<String>> all) {
            List<List<String>> rows = all.stream()
                    .skip(3)
                    .filter(row -> Double.isFinite(Table.number(row, 0)))
                    .toList();
            if (rows.isEmpty()) {
                throw new DataException(file, "has no row under its three heading rows that begins with a time");
            }
            times = rows.stream().mapToDouble(row -> Table.number(row, 0)).toArray();
            for (int column = 1; column < all.get(0).size(); column++) {
                String entity = all.get(0).get(column);
                int at = column;
                entities.add(entity);
                columns.put(
                        key(entity, all.get(1).get(column), all.get(2).get(column)),
                        rows.stream().mapToDouble(row -> Table.number(row, at)).toArray());
            }
        }

        static Signals read(Path file) throws IOException {
            List<List<String>> all = Csv.read(file);
            if (all.size() < 4) {
                throw new DataException(file, "needs three heading rows: microservice, metric, statistic");
            }
            return new Signals(file, all);
        }

        static Signals readLater(Path file) {
            try {
                return read(file);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        Set<String> entities() {
            return entities;
        }

        double interval() {
            double[] gaps = new double[times.length - 1];
            for (int i = 0; i < gaps.length; i++) {
                gaps[i] = times[i + 1] - times[i];
            }
            Arrays.sort(gaps);
            return gaps.length == 0 ? 300 : gaps[gaps.length / 2];
        }

        int[] rows(double from, double to) {
            return java.util.stream.IntStream.range(0, times.length)
                    .filter(row -> times[row] >= from && times[row] < to)
                    .toArray();
        }

        Intervals intervals(String entity, int[] rows) {
            double[] counts = pick(entity, "requests", "Sum", rows);
            double[] errors = pick(entity, "availability", "Average", rows);
            for (int i = 0; i < errors.length; i++) {
                errors[i] = counts[i] * (1 - errors[i] / 100);
            }
            return new Intervals(counts, errors, pick(entity, "latency", "Average", rows));
        }

        private double[] pick(String entity, String metric, String statistic, int[] rows) {
            double[] column = columns.get(key(entity, metric, statistic));
            return Arrays.stream(rows)
                    .mapToDouble(row -> column == null ? Double.NaN : column[row])
                    .toArray();
        }

        private static String key(String entity, String metric, String statistic) {
            return entity + '\n' + metric + '\n' + statistic;
        }
    }
}
