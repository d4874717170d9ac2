package io.nightshift.remediate.domain.playbook;

import java.util.ArrayList;
import java.util.List;

/**
 * How instances are taken: a canary first, then batch after batch. Within a batch one instance after the other.
 *
 * @param canary instances in the first batch, at least 1
 * @param size instances in each further one: a count of at least 1, or a share in percent, 1 to 100
 * @param percent whether {@code size} is a share of the instances acted on, rounded down, at least one instance
 */
public record Batches(int canary, int size, boolean percent) {

    /** One after the other. */
    public static final Batches ONE_BY_ONE = new Batches(1, 1, false);

    public Batches {
        if (canary < 1 || size < 1 || percent && size > 100) {
            throw new IllegalArgumentException("a batch has at least one instance and at most all");
        }
    }

    /**
     * The batches in order.
     *
     * @param most instances that may be missing at once; a batch is never greater, and never empty
     */
    public List<List<String>> of(List<String> instances, int most) {
        List<List<String>> batches = new ArrayList<>();
        int further = percent ? instances.size() * size / 100 : size;
        for (int from = 0; from < instances.size(); ) {
            int wanted = batches.isEmpty() ? canary : further;
            int to = Math.min(instances.size(), from + Math.max(1, Math.min(wanted, most)));
            batches.add(List.copyOf(instances.subList(from, to)));
            from = to;
        }
        return batches;
    }
}
