package io.nightshift.bench.rca;

import io.nightshift.bench.DataException;
import io.nightshift.investigate.domain.measure.Gauge;
import io.nightshift.investigate.domain.measure.Requests;
import io.nightshift.investigate.domain.measure.Requests.Intervals;
import io.nightshift.investigate.domain.measure.SignKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/** Metrics of pods, a table each with a row a minute, gathered by service over all days. */
final class PodMetrics {

    private static final String SUFFIX = "_metric.csv";

    /** Columns that say the same in another unit; the first that is there is read. */
    private static final Map<SignKind, List<List<String>>> RESOURCES = Map.of(
            SignKind.CPU, List.of(List.of("CpuUsage(m)", "CpuUsageRate(%)")),
            SignKind.MEMORY, List.of(List.of("MemoryUsage(Mi)", "MemoryUsageRate(%)")),
            SignKind.IO, List.of(List.of("SyscallRead"), List.of("SyscallWrite")));

    private static final List<String> DURATION = List.of("PodServerLatencyP90(s)", "PodServerLatencyP95(s)");
    private static final List<String> RATE = List.of("PodWorkload(Ops)");
    private static final List<String> SUCCESS = List.of("PodSuccessRate(%)");

    /** One minute of one pod. */
    private record Row(double time, Map<String, Double> values) {
        double value(List<String> names) {
            return names.stream()
                    .filter(values::containsKey)
                    .map(values::get)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    private final Map<String, List<Row>> byService = new TreeMap<>();

    static boolean isOne(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) || name.endsWith(SUFFIX + ".gz");
    }

    void add(Path file) throws IOException {
        Table table = Table.read(file);
        int time = table.column("Time");
        String name = file.getFileName().toString();
        List<Row> rows = byService.computeIfAbsent(
                PodName.service(name.substring(0, name.indexOf(SUFFIX))), any -> new ArrayList<>());
        for (List<String> cells : table.rows()) {
            Map<String, Double> values = new TreeMap<>();
            for (List<String> names : columns()) {
                for (String column : names) {
                    table.optionalColumn(column).ifPresent(index -> values.put(column, Table.number(cells, index)));
                }
            }
            rows.add(new Row(seconds(file, cells.get(time)), values));
        }
        rows.sort((a, b) -> Double.compare(a.time(), b.time()));
    }

    boolean isEmpty() {
        return byService.isEmpty();
    }

    double first() {
        return byService.values().stream()
                .mapToDouble(rows -> rows.get(0).time())
                .min()
                .orElse(0);
    }

    double last() {
        return byService.values().stream()
                .mapToDouble(rows -> rows.get(rows.size() - 1).time())
                .max()
                .orElse(0);
    }

    /** Whether anything was measured in the minutes after a time. */
    boolean hasRows(double at) {
        return byService.values().stream()
                .anyMatch(rows -> rows.stream().anyMatch(row -> row.time() >= at && row.time() < at + 180));
    }

    List<Gauge> gauges(DoublePredicate before, DoublePredicate after) {
        List<Gauge> gauges = new ArrayList<>();
        byService.forEach((service, rows) -> RESOURCES.forEach((kind, all) -> all.forEach(
                names -> gauges.add(new Gauge(service, kind, pick(rows, names, before), pick(rows, names, after))))));
        return gauges;
    }

    List<Requests> requests(DoublePredicate before, DoublePredicate justBefore, DoublePredicate after) {
        List<Requests> requests = new ArrayList<>();
        byService.forEach((service, rows) -> requests.add(
                new Requests(service, intervals(rows, before), intervals(rows, justBefore), intervals(rows, after))));
        return requests;
    }

    private static Intervals intervals(List<Row> rows, DoublePredicate when) {
        double[] counts =
                Arrays.stream(pick(rows, RATE, when)).map(rate -> rate * 60).toArray();
        double[] errors = pick(rows, SUCCESS, when);
        for (int i = 0; i < errors.length; i++) {
            errors[i] = counts[i] * (1 - errors[i] / 100);
        }
        return new Intervals(counts, errors, pick(rows, DURATION, when));
    }

    private static double[] pick(List<Row> rows, List<String> names, DoublePredicate when) {
        return rows.stream()
                .filter(row -> when.test(row.time()))
                .mapToDouble(row -> row.value(names))
                .toArray();
    }

    private static List<List<String>> columns() {
        List<List<String>> all = new ArrayList<>(List.of(DURATION, RATE, SUCCESS));
        RESOURCES.values().forEach(all::addAll);
        return all;
    }

    /** Times stand as "2026-01-31 12:00:00.123 +0000 UTC" with more after it. */
    static double seconds(Path file, String text) {
        return Optional.ofNullable(text)
                .filter(all -> all.length() >= 19)
                .map(all -> all.substring(0, 19).replace(' ', 'T'))
                .map(iso -> {
                    try {
                        return (double) LocalDateTime.parse(iso).toEpochSecond(ZoneOffset.UTC);
                    } catch (DateTimeParseException e) {
                        return null;
                    }
                })
                .orElseThrow(() -> new DataException(file, "\"" + text + "\" is no time like 2026-01-31 12:00:00"));
    }
}
