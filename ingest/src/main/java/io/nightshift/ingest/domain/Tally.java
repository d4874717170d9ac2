package io.nightshift.ingest.domain;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many items met which fate, by reason. Not for several threads. */
public final class Tally {
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);

    public void add(Reason reason, int items) {
        if (items > 0) {
            counts.merge(reason, items, Integer::sum);
        }
    }

    public Map<Reason, Integer> counts() {
        return counts;
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Items that the sender is told of. */
    public int reported() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().isReported())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** The reported reasons in words, such as {@code 3 × infinite value}; empty when there are none. */
    public String inWords() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().isReported())
                .map(entry -> entry.getValue() + " × " + entry.getKey().sentence())
                .collect(Collectors.joining("; "));
    }
}
