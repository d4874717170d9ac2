package io.nightshift.bench.rca;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.detect.domain.log.LogMiner;
import io.nightshift.detect.domain.log.LogTemplate;
import io.nightshift.investigate.domain.measure.Entry;
import io.nightshift.investigate.domain.measure.Hop;
import io.nightshift.investigate.domain.measure.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads spans, and the log lines written within them, as parts of requests by service. */
final class TraceFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FAILURE =
            Pattern.compile("error|exception|fail|fatal|panic|refused|unavailable", Pattern.CASE_INSENSITIVE);
    private static final Pattern TRACE_IDS = Pattern.compile("(TraceID|SpanID):? *[0-9a-f]+");
    private static final double MICROS_PER_MILLI = 1000;

    private record Span(String trace, String id, String parent, String service, String operation, double micros) {}

    /** Templates are learned from all lines ever read, as production does. */
    private final LogMiner miner = new LogMiner();

    Traces read(List<Path> spanFiles, List<Path> logFiles) throws IOException {
        Map<String, Span> spans = new HashMap<>();
        for (Path file : spanFiles) {
            spans(file, spans);
        }
        Map<String, List<LogTemplate>> lines = new HashMap<>();
        for (Path file : logFiles) {
            lines(file, lines);
        }
        return traces(spans, lines);
    }

    private static void spans(Path file, Map<String, Span> spans) throws IOException {
        Table table = Table.read(file);
        int trace = table.column("TraceID");
        int id = table.column("SpanID");
        int parent = table.column("ParentID");
        int pod = table.column("PodName");
        int operation = table.column("OperationName");
        int duration = table.column("Duration");
        for (List<String> row : table.rows()) {
            if (row.size() > duration) {
                spans.put(
                        row.get(trace) + row.get(id),
                        new Span(
                                row.get(trace),
                                row.get(id),
                                row.get(trace) + row.get(parent),
                                PodName.service(row.get(pod)),
                                row.get(operation),
                                Table.number(row, duration)));
            }
        }
    }

    private void lines(Path file, Map<String, List<LogTemplate>> lines) throws IOException {
        Table table = Table.read(file);
        int trace = table.column("TraceID");
        int span = table.column("SpanID");
        int log = table.column("Log");
        for (List<String> row : table.rows()) {
            if (row.size() > log && !row.get(trace).isBlank()) {
                LogTemplate template = miner.template(text(row.get(log)));
                lines.computeIfAbsent(row.get(trace) + row.get(span), any -> new ArrayList<>())
                        .add(template);
            }
        }
    }

    /** The line itself out of what a container runtime and a structured logger wrap around it. */
    private static String text(String cell) {
        String text = field(field(cell, "log"), "message");
        return TRACE_IDS.matcher(text).replaceAll("").strip();
    }

    private static String field(String json, String name) {
        if (!json.startsWith("{")) {
            return json;
        }
        try {
            return Optional.ofNullable(JSON.readTree(json).get(name))
                    .map(value -> value.asText())
                    .orElse(json);
        } catch (JsonProcessingException e) {
            return json;
        }
    }

    private static Traces traces(Map<String, Span> spans, Map<String, List<LogTemplate>> lines) {
        Map<String, String> entryOf = new HashMap<>();
        Map<String, Set<String>> events = new HashMap<>();
        Map<String, Set<String>> errors = new HashMap<>();
        Map<String, Integer> children = new HashMap<>();
        spans.forEach((key, span) -> {
            children.merge(span.parent(), 1, Integer::sum);
            String entry = entry(key, spans, entryOf);
            Set<String> seen = events.computeIfAbsent(entry, any -> new HashSet<>());
            Set<String> failed = errors.computeIfAbsent(entry, any -> new HashSet<>());
            note(span.operation(), span.operation(), seen, failed);
            lines.getOrDefault(key, List.of()).forEach(template -> {
                LogTemplate current = template.current();
                note(current.id(), current.text(), seen, failed);
            });
        });
        List<Entry> entries = new ArrayList<>();
        List<Hop> hops = new ArrayList<>();
        events.forEach((key, seen) -> {
            Span first = spans.get(key);
            Span client = spans.get(first.parent());
            String parent = client == null ? null : entryOf.get(first.parent());
            entries.add(new Entry(key, parent, first.service(), first.operation(), seen, errors.get(key)));
            if (client != null && children.get(first.parent()) == 1) {
                double millis = (client.micros() - first.micros()) / MICROS_PER_MILLI;
                hops.add(new Hop(client.service(), first.service(), millis));
            }
        });
        return new Traces(entries, hops);
    }

    private static void note(String event, String text, Set<String> seen, Set<String> failed) {
        seen.add(event);
        if (FAILURE.matcher(text).find()) {
            failed.add(event);
        }
    }

    /** The span by which its request entered the service: up to the first parent that another service has. */
    private static String entry(String key, Map<String, Span> spans, Map<String, String> known) {
        List<String> path = new ArrayList<>();
        String at = key;
        while (!known.containsKey(at)) {
            path.add(at);
            Span span = spans.get(at);
            Span parent = spans.get(span.parent());
            if (parent == null || !parent.service().equals(span.service()) || path.contains(span.parent())) {
                known.put(at, at);
            } else {
                at = span.parent();
            }
        }
        String entry = known.get(at);
        path.forEach(passed -> known.put(passed, entry));
        return entry;
    }
}
