package io.nightshift.bench.rca;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.DataException;
import io.nightshift.investigate.domain.measure.Alarm;
import io.nightshift.investigate.domain.measure.Alarm.Source;
import io.nightshift.investigate.domain.measure.Alarms;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Alarms of other monitors, cut out by fault: {@code fault-alerts/SYSTEM/label.csv} with {@code metric/metrics.json},
 * {@code trace/traces.json} and {@code log/logs.json} by the fault's id, and what belongs to what in
 * {@code system-knowledge-graphs/original/SYSTEM/SYSTEM-KG.json}.
 */
final class AlertFolder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> BELONGING = Set.of("has_instance", "hosts");

    /** One fault with the alarms that rang while it lasted. */
    private record Window(
            String id, Instant start, Instant end, String entity, String type, Map<Alarm, Double> alarms) {}

    private final Path system;
    private final Map<String, Set<String>> members;

    private AlertFolder(Path system) throws IOException {
        this.system = system;
        this.members = members(system);
    }

    /** A folder of one system. */
    static boolean isOne(Path system) {
        return Files.isRegularFile(system.resolve("label.csv")) && Files.isDirectory(system.resolve("metric"));
    }

    static LabelledSet read(Path system) throws IOException {
        return new AlertFolder(system).set();
    }

    private LabelledSet set() throws IOException {
        List<Window> windows = windows();
        List<Trouble> faults = new ArrayList<>();
        for (Window window : windows) {
            faults.add(new Trouble(
                    "fault " + window.id(),
                    window.start(),
                    window.entity(),
                    window.type(),
                    () -> observe(window, windows)));
        }
        return new LabelledSet(
                system.getFileName().toString(),
                "alarms",
                "alarms of the windows that ended before this one began",
                faults,
                List.of());
    }

    private Observations observe(Window window, List<Window> all) {
        List<Window> earlier = all.stream()
                .filter(other -> other.end().isBefore(window.start()))
                .toList();
        Map<Alarm, Integer> rang = new HashMap<>();
        earlier.forEach(other -> other.alarms().keySet().forEach(alarm -> rang.merge(alarm, 1, Integer::sum)));
        return new Observations(
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                Traces.NONE,
                Traces.NONE,
                new Alarms(window.alarms(), earlier.size(), rang, members));
    }

    private List<Window> windows() throws IOException {
        Path labels = system.resolve("label.csv");
        Table table = Table.read(labels);
        int id = table.column("fault_id");
        int entity = table.column("fault_entity");
        int type = table.column("fault_type");
        int start = table.column("fault_st_time");
        int end = table.column("fault_ed_time");
        Map<String, Map<Alarm, Double>> alarms = alarms();
        List<Window> windows = new ArrayList<>();
        for (List<String> row : table.rows()) {
            if (row.size() > Math.max(start, end)) {
                windows.add(new Window(
                        row.get(id),
                        time(labels, row.get(start)),
                        time(labels, row.get(end)),
                        row.get(entity),
                        row.get(type),
                        sinceFirst(alarms.getOrDefault(row.get(id), Map.of()))));
            }
        }
        windows.sort(Comparator.comparing(Window::start).thenComparing(Window::id));
        return windows;
    }

    /** Milliseconds since the epoch by alarm and fault. */
    private Map<String, Map<Alarm, Double>> alarms() throws IOException {
        Map<String, Map<Alarm, Double>> alarms = new HashMap<>();
        // [time, component, host, metric, up or down]
        each("metric/metrics.json", (fault, row) -> {
            String metric = text(row, 3);
            add(alarms, fault, row, new Alarm(text(row, 1), Source.METRIC, metric, family(metric), text(row, 4)));
        });
        // [time, source, target, operation, PD or a status]
        each("trace/traces.json", (fault, row) -> {
            String what = text(row, 4);
            String operation = ' ' + path(text(row, 3));
            add(alarms, fault, row, new Alarm(text(row, 2), Source.SERVED, text(row, 1) + operation, "", what));
            add(alarms, fault, row, new Alarm(text(row, 1), Source.CALLED, text(row, 2) + operation, "", what));
        });
        // [component, template, samples, count]
        each("log/logs.json", (fault, row) -> {
            Alarm alarm = new Alarm(text(row, 0), Source.LOG, text(row, 1), text(row, 1), "");
            alarms.computeIfAbsent(fault, any -> new HashMap<>()).put(alarm, Double.NaN);
        });
        return alarms;
    }

    private static Map<Alarm, Double> sinceFirst(Map<Alarm, Double> times) {
        double first = times.values().stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        Map<Alarm, Double> since = new HashMap<>();
        times.forEach((alarm, time) -> since.put(alarm, Double.isFinite(time) ? (time - first) / 1000 : 0));
        return since;
    }

    private interface Reading {
        void row(String fault, JsonNode row);
    }

    private void each(String name, Reading reading) throws IOException {
        Optional<Path> file = Table.plainOrZipped(system.resolve(name));
        if (file.isEmpty()) {
            return;
        }
        try (InputStream raw = Files.newInputStream(file.get());
                InputStream in = file.get().toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            JSON.readTree(in).fields().forEachRemaining(fault -> fault.getValue()
                    .forEach(row -> reading.row(fault.getKey(), row)));
        }
    }

    private static void add(Map<String, Map<Alarm, Double>> alarms, String fault, JsonNode row, Alarm alarm) {
        if (!alarm.entity().isEmpty()) {
            alarms.computeIfAbsent(fault, any -> new HashMap<>())
                    .merge(alarm, row.path(0).asDouble(Double.NaN), Math::min);
        }
    }

    private static String text(JsonNode row, int index) {
        return row.path(index).asText("");
    }

    /** What a metric is about: its first three words; its many variants ring together. */
    private static String family(String metric) {
        String[] words = metric.split("[_.-]+");
        return String.join("_", List.of(words).subList(0, Math.min(words.length, 3)));
    }

    /** An address changes with the host that serves it; what was asked for stays. */
    private static String path(String operation) {
        return operation.replaceFirst("^[a-z]+://[^/]*", "");
    }

    private static Map<String, Set<String>> members(Path system) throws IOException {
        String name = system.getFileName().toString();
        Path root = system.getParent() == null ? system : system.getParent().getParent();
        Map<String, Set<String>> members = new TreeMap<>();
        if (root == null) {
            return members;
        }
        Path graph = root.resolve("system-knowledge-graphs/original/" + name + "/" + name + "-KG.json");
        if (Files.isRegularFile(graph)) {
            for (JsonNode edge : JSON.readTree(graph.toFile()).path("edges")) {
                if (BELONGING.contains(edge.path("label").asText())) {
                    members.computeIfAbsent(edge.path("source").asText(), any -> new TreeSet<>())
                            .add(edge.path("target").asText());
                }
            }
        }
        return members;
    }

    private static Instant time(Path file, String text) {
        try {
            return LocalDateTime.parse(text.strip().replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new DataException(file, "\"" + text + "\" is no time like 2026-01-31 12:00:00.000");
        }
    }
}
