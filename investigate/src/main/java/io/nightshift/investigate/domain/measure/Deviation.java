package io.nightshift.investigate.domain.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Requests that take another way than they used to: an event is missing that nearly all had, or one that speaks of failure is
 * there and nearly none had, or one way among several is suddenly taken far more often. Counted only where the deviation
 * begins, for a caller deviates because its callee did.
 */
final class Deviation {

    private static final int ENOUGH = 5;
    private static final double NEARLY_ALL = 0.9;
    private static final double NEARLY_NONE = 0.1;

    private static final double FAR_MORE = 3;

    private record Task(String entity, String operation) {}

    /** What entries of one operation were made of. */
    private static final class Habit {
        private int entries;
        private final Map<String, Integer> seen = new HashMap<>();
        private final Map<Set<String>, Integer> ways = new HashMap<>();

        void add(Entry entry) {
            entries++;
            entry.events().forEach(event -> seen.merge(event, 1, Integer::sum));
            ways.merge(entry.events(), 1, Integer::sum);
        }

        boolean isBrokenBy(Entry entry) {
            boolean lacks = seen.entrySet().stream()
                    .anyMatch(event -> event.getValue() >= NEARLY_ALL * entries
                            && !entry.events().contains(event.getKey()));
            return lacks
                    || entry.errors().stream().anyMatch(error -> seen.getOrDefault(error, 0) <= NEARLY_NONE * entries);
        }

        /** Ways that are taken far more often than by chance, and which share of those who take them would not have. */
        Map<Set<String>, Double> newWays(Habit usual) {
            double unseen = usual.unseen();
            Map<Set<String>, Double> shares = new HashMap<>();
            ways.forEach((way, count) -> {
                int taken = usual.ways.getOrDefault(way, 0);
                // A way that was seen three times may as well have been seen seven times.
                double before = Math.max(unseen, (taken + 2 * Math.sqrt(taken) + 1) / (usual.entries + 1));
                Excess excess = Excess.ofFailures(entries, (double) count / entries, before);
                if (excess.isUnusual() && count > FAR_MORE * before * entries) {
                    shares.put(way, excess.volume() / count);
                }
            });
            return shares;
        }

        /** Share of entries that take a way never seen: as many as took one that was seen once (Good and Turing). */
        private double unseen() {
            return (double) ways.values().stream().filter(count -> count == 1).count() / entries;
        }
    }

    private final Map<Task, Habit> usual;

    private Deviation(List<Entry> before) {
        usual = habits(before);
    }

    static List<Measured> of(List<Entry> before, List<Entry> after) {
        Deviation deviation = new Deviation(before);
        Map<String, ErrorRatio> ratiosBefore = deviation.count(before);
        List<Measured> measured = new ArrayList<>();
        deviation.count(after).forEach((entity, now) -> {
            double usually =
                    ratiosBefore.getOrDefault(entity, new ErrorRatio(0, 0)).value();
            Excess excess = Excess.ofFailures(now.requests(), now.value(), usually);
            measured.add(Measured.all(entity, SignKind.DEVIATION, excess));
        });
        return measured;
    }

    private Map<String, ErrorRatio> count(List<Entry> entries) {
        Map<Task, Map<Set<String>, Double>> newWays = new HashMap<>();
        habits(entries).forEach((task, habit) -> {
            if (isKnown(task)) {
                newWays.put(task, habit.newWays(usual.get(task)));
            }
        });
        Map<String, Double> deviant = new HashMap<>();
        Set<String> besideDeviantChild = new HashSet<>();
        for (Entry entry : entries) {
            Task task = task(entry);
            if (isKnown(task)) {
                double share = usual.get(task).isBrokenBy(entry)
                        ? 1
                        : newWays.get(task).getOrDefault(entry.events(), 0.0);
                if (share > 0) {
                    deviant.put(entry.id(), share);
                    besideDeviantChild.add(entry.parent());
                }
            }
        }
        Map<String, ErrorRatio> counted = new TreeMap<>();
        for (Entry entry : entries) {
            double share = besideDeviantChild.contains(entry.id()) ? 0 : deviant.getOrDefault(entry.id(), 0.0);
            counted.merge(
                    entry.entity(),
                    new ErrorRatio(share, 1),
                    (a, b) -> new ErrorRatio(a.failed() + b.failed(), a.requests() + b.requests()));
        }
        return counted;
    }

    private boolean isKnown(Task task) {
        return usual.containsKey(task) && usual.get(task).entries >= ENOUGH;
    }

    private static Map<Task, Habit> habits(List<Entry> entries) {
        Map<Task, Habit> habits = new HashMap<>();
        entries.forEach(
                entry -> habits.computeIfAbsent(task(entry), any -> new Habit()).add(entry));
        return habits;
    }

    private static Task task(Entry entry) {
        return new Task(entry.entity(), entry.operation());
    }
}
