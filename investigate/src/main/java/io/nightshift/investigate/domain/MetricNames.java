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

    private static final Set<String> CERTIFICATES =
            Set.of("certificate", "certificates", "cert", "certs", "x509", "tls", "ssl");

    /** A cache's size says nothing; whether it has what is asked for does. */
    private static final Set<String> CACHE = Set.of("cache", "caches", "keyspace");

    private static final Set<String> HITS = Set.of("hit", "hits");
    private static final Set<String> MISSES = Set.of("miss", "misses", "missed", "evictions", "evicted");

    /** Values of an attribute {@code mode} or {@code state} that make processor time somebody else's. */
    private static final Set<String> STOLEN = Set.of("steal", "stolen");

    /** The first rule with a word of the name wins: memory in use after a collection is memory. */
    private static final List<Rule> RULES = List.of(
            new Rule(Set.of("steal", "stolen"), SignKind.CONTENTION),
            new Rule(Set.of("memory", "heap", "rss", "swap"), SignKind.MEMORY),
            new Rule(Set.of("gc"), SignKind.GC),
            new Rule(Set.of("cpu"), SignKind.CPU),
            new Rule(Set.of("thread", "threads", "goroutines"), SignKind.THREADS),
            new Rule(Set.of("filesystem", "storage", "volume", "volumes"), SignKind.DISK),
            new Rule(Set.of("disk", "io", "fs", "iops"), SignKind.IO),
            new Rule(Set.of("connection", "connections", "pool"), SignKind.POOL),
            new Rule(Set.of("queue", "lag", "backlog", "pending"), SignKind.QUEUE),
            // Requests in work pile up where they wait; that is no load.
            new Rule(Set.of("active", "inflight", "concurrent", "concurrency"), SignKind.THREADS),
            new Rule(Set.of("error", "errors", "failed", "failures", "5xx"), SignKind.ERRORS),
            new Rule(Set.of("duration", "latency"), SignKind.LATENCY),
            new Rule(Set.of("request", "requests", "rate", "load"), SignKind.LOAD));

    private MetricNames() {}

    static SignKind kindOf(String metric, Map<String, String> attributes) {
        if (!WELL_FORMED.matcher(metric).matches()) {
            return SignKind.OTHER;
        }
        Set<String> words = words(metric);
        if (tellsOfExpiry(words)) {
            return SignKind.CERTIFICATE;
        }
        if (tellsOfCache(words)) {
            return SignKind.CACHE;
        }
        if (attributes.entrySet().stream().anyMatch(MetricNames::isStolen)) {
            return SignKind.CONTENTION;
        }
        SignKind kind = RULES.stream()
                .filter(rule -> rule.words().stream().anyMatch(words::contains))
                .map(Rule::kind)
                .findFirst()
                .orElse(SignKind.OTHER);
        boolean offHeap = "non_heap".equals(attributes.get("jvm.memory.type"));
        return kind == SignKind.MEMORY && offHeap ? SignKind.OTHER : kind;
    }

    /** Whether a fall is what harms: hits of a cache, the life that a certificate has left. */
    static boolean harmsByFalling(SignKind kind, String metric) {
        return kind == SignKind.CERTIFICATE
                || kind == SignKind.CACHE && words(metric).stream().anyMatch(HITS::contains);
    }

    private static boolean tellsOfExpiry(Set<String> words) {
        boolean ends = words.contains("not") && words.contains("after")
                || words.stream().anyMatch(word -> word.equals("notafter") || word.startsWith("expir"));
        return ends && words.stream().anyMatch(CERTIFICATES::contains);
    }

    private static boolean tellsOfCache(Set<String> words) {
        return words.stream().anyMatch(CACHE::contains)
                && words.stream().anyMatch(word -> HITS.contains(word) || MISSES.contains(word));
    }

    private static boolean isStolen(Map.Entry<String, String> attribute) {
        String key = attribute.getKey();
        return (key.endsWith("mode") || key.endsWith("state")) && STOLEN.contains(attribute.getValue());
    }

    private static Set<String> words(String metric) {
        return Set.copyOf(Arrays.asList(SEPARATORS.split(metric.toLowerCase(Locale.ROOT))));
    }
}
