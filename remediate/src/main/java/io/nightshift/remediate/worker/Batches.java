package io.nightshift.remediate.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** In which order, and how many at a time, steps are done. The first batch is the canary. */
final class Batches {

    private Batches() {}

    /** As planned: by batch, and in each in the plan's order. */
    static List<List<Step>> planned(List<Step> steps) {
        TreeMap<Integer, List<Step>> batches = new TreeMap<>();
        for (Step step : steps) {
            batches.computeIfAbsent(step.planned().getBatch(), number -> new ArrayList<>())
                    .add(step);
        }
        return List.copyOf(batches.values());
    }

    /**
     * What was begun goes first, then the sick: a healthy instance is only spared while the others can't stand in. The batches
     * keep their sizes. Only where each step does the same: a playbook's order means something.
     */
    static List<List<Step>> sickFirst(List<Step> steps, Predicate<Step> isBegun, Predicate<Step> isHealthy) {
        List<Step> ordered = new ArrayList<>(steps);
        ordered.sort(Comparator.comparingInt((Step step) -> isBegun.test(step) ? 0 : 1)
                .thenComparingInt(step -> isHealthy.test(step) ? 1 : 0)
                .thenComparingInt(Step::number));
        List<List<Step>> batches = new ArrayList<>();
        int from = 0;
        for (List<Step> batch : planned(steps)) {
            batches.add(List.copyOf(ordered.subList(from, from + batch.size())));
            from += batch.size();
        }
        return batches;
    }
}
