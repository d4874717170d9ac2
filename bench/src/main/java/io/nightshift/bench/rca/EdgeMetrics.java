package io.nightshift.bench.rca;

import io.nightshift.investigate.domain.measure.EdgeTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoublePredicate;

/**
 * Durations of calls as their clients and as their servers saw them, where a mesh measured both: {@code source_50.csv} and
 * {@code destination_50.csv}, a row a minute, a column {@code caller_callee} in seconds.
 */
final class EdgeMetrics {

    private static final double MILLIS = 1000;
    private static final double MINUTE = 60;

    private record Edge(String caller, String callee) {}

    private final Map<Edge, TreeMap<Long, Double>> gaps = new java.util.HashMap<>();

    void addDay(Path folder) throws IOException {
        Optional<Path> clients = Table.plainOrZipped(folder.resolve("source_50.csv"));
        Optional<Path> servers = Table.plainOrZipped(folder.resolve("destination_50.csv"));
        if (clients.isEmpty() || servers.isEmpty()) {
            return;
        }
        Map<Edge, Map<Long, Double>> served = durations(servers.get());
        durations(clients.get())
                .forEach((edge, minutes) -> minutes.forEach((minute, seconds) -> {
                    Double server = served.getOrDefault(edge, Map.of()).get(minute);
                    if (server != null && Double.isFinite(seconds - server)) {
                        gaps.computeIfAbsent(edge, any -> new TreeMap<>()).put(minute, (seconds - server) * MILLIS);
                    }
                }));
    }

    Map<String, Set<String>> names() {
        Map<String, Set<String>> callees = new TreeMap<>();
        gaps.keySet().forEach(edge -> callees.computeIfAbsent(edge.caller(), any -> new TreeSet<>())
                .add(edge.callee()));
        return callees;
    }

    List<EdgeTimes> times(DoublePredicate before, DoublePredicate after) {
        List<EdgeTimes> times = new ArrayList<>();
        gaps.forEach((edge, minutes) ->
                times.add(new EdgeTimes(edge.caller(), edge.callee(), pick(minutes, before), pick(minutes, after))));
        return times;
    }

    private static double[] pick(TreeMap<Long, Double> minutes, DoublePredicate when) {
        return minutes.entrySet().stream()
                .filter(minute -> when.test(minute.getKey() * MINUTE + MINUTE / 3))
                .mapToDouble(Map.Entry::getValue)
                .toArray();
    }

    private static Map<Edge, Map<Long, Double>> durations(Path file) throws IOException {
        Table table = Table.read(file);
        int time = table.column("time");
        Map<Edge, Map<Long, Double>> durations = new java.util.HashMap<>();
        for (int column = 0; column < table.heading().size(); column++) {
            int split = table.heading().get(column).indexOf('_');
            if (split > 0) {
                String name = table.heading().get(column);
                Map<Long, Double> minutes = new TreeMap<>();
                for (List<String> row : table.rows()) {
                    minutes.put((long) (PodMetrics.seconds(file, row.get(time)) / MINUTE), Table.number(row, column));
                }
                durations.put(new Edge(name.substring(0, split), name.substring(split + 1)), minutes);
            }
        }
        return durations;
    }
}
