package io.nightshift.detect.domain.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which positions of lines of one skeleton turned out to be variables: where to look for the template of a new line. */
final class Masks {

    private static final int MOST_OF_A_SKELETON = 48;
    private static final int MOST_SKELETONS = 20_000;

    /** A step from a skeleton to the one with more variables. */
    private record Step(long from, int[] positions) {}

    private final LongMap<List<int[]>> bySkeleton = new LongMap<>();
    private final LongMap<List<Step>> into = new LongMap<>();

    List<int[]> of(long skeleton) {
        List<int[]> known = bySkeleton.get(skeleton);
        return known == null ? List.of() : known;
    }

    /** These positions of {@code from} are variables, which makes it {@code to}; steps that follow each other are one too. */
    void add(long from, int[] positions, long to) {
        if (bySkeleton.size() > MOST_SKELETONS) {
            clear();
        }
        put(from, positions);
        for (int[] further : List.copyOf(of(to))) {
            put(from, union(positions, further));
        }
        for (Step before : steps(from)) {
            put(before.from, union(before.positions, positions));
        }
        List<Step> steps = into.get(to);
        if (steps == null) {
            steps = new ArrayList<>(2);
            into.put(to, steps);
        }
        if (steps.size() < MOST_OF_A_SKELETON
                && steps.stream().noneMatch(s -> s.from == from && Arrays.equals(s.positions, positions))) {
            steps.add(new Step(from, positions));
        }
    }

    void clear() {
        bySkeleton.clear();
        into.clear();
    }

    private List<Step> steps(long to) {
        List<Step> steps = into.get(to);
        return steps == null ? List.of() : List.copyOf(steps);
    }

    private void put(long skeleton, int[] positions) {
        List<int[]> known = bySkeleton.get(skeleton);
        if (known == null) {
            known = new ArrayList<>(2);
            bySkeleton.put(skeleton, known);
        }
        if (known.size() < MOST_OF_A_SKELETON && known.stream().noneMatch(k -> Arrays.equals(k, positions))) {
            known.add(positions);
        }
    }

    private static int[] union(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b))
                .distinct()
                .sorted()
                .toArray();
    }
}
