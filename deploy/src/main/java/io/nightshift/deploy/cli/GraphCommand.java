package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.detect.domain.graph.GraphHistory;
import io.nightshift.events.GraphEntry;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nightshift graph}. */
@Command(
        name = "graph",
        description = "Shows which services there are, or were, and who calls whom. Services without calls are in it.")
public final class GraphCommand implements Callable<Integer> {

    /** Rates are those of an entry's last record: of a time further away they say nothing. */
    private static final Duration RATES_HOLD = Duration.ofMinutes(2);

    @Mixin
    private Home home;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "How it was then: 03:12, 2026-11-20T03:12 or 2026-11-20T03:12:00Z. Default: now.")
    private String at;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        Instant now = Instant.now();
        Instant time = at == null ? now : PastTime.parse(at, now, ZoneId.systemDefault());
        Client client = Client.connect(home);
        GraphHistory history = new GraphHistory();
        client.read(List.of(client.topics().topology()), record -> history.accept((GraphEntry) record));
        List<GraphEntry> entries = history.at(time);
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(fields(time, history, entries)));
            return 0;
        }
        entries.forEach(entry -> System.out.println(line(entry, time)));
        if (entries.isEmpty()) {
            System.out.println(history.since()
                    .map(since -> "no service was there at " + time + "; what is known begins at " + since)
                    .orElse("no service was seen yet"));
        }
        return 0;
    }

    private static String line(GraphEntry entry, Instant time) {
        String service = Words.plain(ServiceKey.of(entry.getSubject()).toString());
        String since = "since " + entry.getValidFrom();
        if (entry.getSubject().getPeer() == null) {
            return String.join(
                    "  ",
                    service,
                    entry.getVersion() == null ? "no version" : Words.plain(entry.getVersion()),
                    Words.plain(String.join(",", entry.getInstances())),
                    since);
        }
        String rates = knowsRates(entry, time)
                ? String.format(
                        Locale.ROOT,
                        "%.1f/s  %.1f %% fail  p95 %.0f ms",
                        entry.getCallsPerSecond(),
                        100 * entry.getErrorRatio(),
                        entry.getP95Millis())
                : "rates of then are in the topic rollups";
        return service + " -> " + Words.plain(entry.getSubject().getPeer()) + "  " + rates + "  " + since;
    }

    private static boolean knowsRates(GraphEntry entry, Instant time) {
        return Duration.between(entry.getLastSeen(), time).abs().compareTo(RATES_HOLD) <= 0;
    }

    private static Map<String, Object> fields(Instant time, GraphHistory history, List<GraphEntry> entries) {
        List<Map<String, Object>> services = new ArrayList<>();
        List<Map<String, Object>> edges = new ArrayList<>();
        for (GraphEntry entry : entries) {
            Map<String, Object> one = new LinkedHashMap<>();
            boolean isEdge = entry.getSubject().getPeer() != null;
            one.put(
                    isEdge ? "caller" : "service",
                    ServiceKey.of(entry.getSubject()).toString());
            if (isEdge) {
                boolean known = knowsRates(entry, time);
                one.put("callee", entry.getSubject().getPeer());
                one.put("callsPerSecond", known ? entry.getCallsPerSecond() : null);
                one.put("errorRatio", known ? entry.getErrorRatio() : null);
                one.put("p95Millis", known ? entry.getP95Millis() : null);
            } else {
                one.put("version", entry.getVersion());
                one.put("instances", entry.getInstances());
            }
            one.put("validFrom", entry.getValidFrom().toString());
            one.put(
                    "validTo",
                    entry.getValidTo() == null ? null : entry.getValidTo().toString());
            one.put("lastSeen", entry.getLastSeen().toString());
            (isEdge ? edges : services).add(one);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", time.toString());
        fields.put("since", history.since().map(Instant::toString).orElse(null));
        fields.put("services", services);
        fields.put("edges", edges);
        return fields;
    }
}
