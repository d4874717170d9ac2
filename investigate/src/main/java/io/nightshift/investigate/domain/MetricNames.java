package io.nightshift.investigate.domain;

import io.nightshift.investigate.domain.measure.SignKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which kind of evidence a metric gives, by the words of its name, as OpenTelemetry's semantic conventions and Prometheus'
 * exporters use them. A name is somebody else's text: one that is not made like a metric name says nothing.
 */
final class MetricNames {

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_.:/-]{1,160}");
    private static final Pattern SEPARATORS = Pattern.compile("[._:/-]+");

    private record Rule(Set<String> words, SignKind kind) {}

    /** The first rule with a word of the name wins: memory in use after a collection is memory. */
    private static final List<Rule> RULES = List.of(
            new Rule(Set.of("memory", "heap", "rss", "swap"), SignKind.MEMORY),
            new Rule(Set.of("gc"), SignKind.GC),
            new Rule(Set.of("cpu"), SignKind.CPU),
            new Rule(Set.of("thread", "threads", "goroutines"), SignKind.THREADS),
            new Rule(Set.of("filesystem"), SignKind.DISK),
            new Rule(Set.of("disk", "io", "fs", "iops"), SignKind.IO),
            new Rule(Set.of("connection", "connections", "pool"), SignKind.POOL),
            new Rule(Set.of("queue", "lag", "backlog", "pending"), SignKind.QUEUE),
            new Rule(Set.of("error", "errors", "failed", "failures", "5xx"), SignKind.ERRORS),
            new Rule(Set.of("duration", "latency"), SignKind.LATENCY),
            new Rule(Set.of("request", "requests", "rate", "load"), SignKind.LOAD));

    private MetricNames() {}

    static SignKind kindOf(String metric, Map<String, String> attributes) {
        if (!WELL_FORMED.matcher(metric).matches()) {
            return SignKind.OTHER;
        }
        Set<String> words = Set.copyOf(Arrays.asList(SEPARATORS.split(metric.toLowerCase(Locale.ROOT))));
        SignKind kind = RULES.stream()
                .filter(rule -> rule.words().stream().anyMatch(words::contains))
                .map(Rule::kind)
                .findFirst()
                .orElse(SignKind.OTHER);
        boolean offHeap = "non_heap".equals(attributes.get("jvm.memory.type"));
        return kind == SignKind.MEMORY && offHeap ? SignKind.OTHER : kind;
    }
}
