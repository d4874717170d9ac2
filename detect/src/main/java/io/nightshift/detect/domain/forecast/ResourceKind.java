package io.nightshift.detect.domain.forecast;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Kinds of what saturates or expires, and how long before the end a person wants to know. */
public enum ResourceKind {
    DISK(Duration.ofHours(24), Set.of("filesystem", "disk", "volume", "storage", "container_fs")),
    MEMORY(Duration.ofHours(1), Set.of("memory", "heap")),
    POOL(
            Duration.ofMinutes(30),
            Set.of("connection", "pool", "thread", "descriptor", "handle", "session", "_fds", "filefd", "clients")),
    QUOTA(Duration.ofHours(12), Set.of()),
    CERTIFICATE(Duration.ofDays(21), Set.of());

    private final Duration horizon;
    private final Set<String> words;

    ResourceKind(Duration horizon, Set<String> words) {
        this.horizon = horizon;
        this.words = words;
    }

    /** How far ahead an end is told of, unless settings say otherwise. */
    public Duration horizon() {
        return horizon;
    }

    /** Kind of a resource that fills up, by words in its metric's name; what has a limit and no such word is a quota. */
    static ResourceKind of(String metric) {
        String lower = metric.toLowerCase(Locale.ROOT);
        for (ResourceKind kind : new ResourceKind[] {DISK, MEMORY, POOL}) {
            if (kind.words.stream().anyMatch(lower::contains)) {
                return kind;
            }
        }
        return QUOTA;
    }
}
