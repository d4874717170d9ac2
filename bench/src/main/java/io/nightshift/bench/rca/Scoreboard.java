package io.nightshift.bench.rca;

import io.nightshift.bench.Figures;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Figures of a set, or of several together. */
final class Scoreboard {

    private final List<Trial.Result> results;
    private final List<Outcome> outcomes;

    Scoreboard(List<Trial.Result> results) {
        this.results = List.copyOf(results);
        this.outcomes =
                results.stream().flatMap(result -> result.outcomes().stream()).toList();
    }

    /** What every reader wants, one number each. */
    Figures brief() {
        int judged = results.stream().mapToInt(Trial.Result::normal).sum();
        int silent = results.stream().mapToInt(Trial.Result::silent).sum();
        return new Figures()
                .put("n", outcomes.size())
                .put("top1", share(outcome -> outcome.within(1)))
                .put("top3", share(outcome -> outcome.within(3)))
                .put("top5", share(outcome -> outcome.within(5)))
                .put("constant_top1", constant(1))
                .put("constant_top3", constant(3))
                .put("macro_top1", macro(outcome -> outcome.trouble().cause()))
                .put("brier", brier())
                .put("no_culprit_correct", judged == 0 ? Double.NaN : (double) silent / judged)
                .put("ms_per_case", mean(Outcome::millis));
    }

    /** The same and what it takes to believe it. */
    Figures full() {
        int judged = results.stream().mapToInt(Trial.Result::normal).sum();
        Figures figures = brief().put("top1_of", interval(1))
                .put("top3_of", interval(3))
                .put("macro_top1_by_type", macro(outcome -> outcome.trouble().type()))
                .put("accuracy_at_half_coverage", mostConfidentHalf())
                .put("normal_times", judged)
                .put("faults_spoken_about", judged == 0 ? Double.NaN : share(Outcome::spoken))
                .put("faults_spoken_about_rightly", judged == 0 ? Double.NaN : rightlySpoken())
                .put("same_when_renamed", count(Outcome::sameRenamed))
                .put("naive_top1", share(outcome -> outcome.naivePlace() <= 1))
                .put("naive_top3", share(outcome -> outcome.naivePlace() <= 3))
                .put("paired_p_against_naive", paired());
        if (results.size() == 1) {
            figures.put("format", results.get(0).set().format())
                    .put("baseline_given", results.get(0).set().baseline());
        }
        return figures;
    }

    private double paired() {
        int ours = count(outcome -> outcome.within(1) && outcome.naivePlace() > 1);
        int naive = count(outcome -> !outcome.within(1) && outcome.naivePlace() <= 1);
        return Certainty.paired(ours, naive);
    }

    private String interval(int first) {
        int hits = count(outcome -> outcome.within(first));
        return String.format(
                Locale.ROOT,
                "%d of %d, 95 %% interval %.3f to %.3f",
                hits,
                outcomes.size(),
                Certainty.lower(hits, outcomes.size()),
                Certainty.upper(hits, outcomes.size()));
    }

    /** Hits of the best answer that is always the same: the most frequent causes of this very set. */
    private double constant(int first) {
        // Several systems have several best constants.
        double hits = results.stream()
                .mapToDouble(result -> result.outcomes().stream()
                        .collect(Collectors.groupingBy(
                                outcome -> outcome.trouble().cause(), Collectors.counting()))
                        .values()
                        .stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(first)
                        .mapToLong(Long::longValue)
                        .sum())
                .sum();
        return hits / outcomes.size();
    }

    private double macro(Function<Outcome, String> group) {
        Map<String, Double> byGroup = outcomes.stream()
                .collect(
                        Collectors.groupingBy(group, Collectors.averagingDouble(outcome -> outcome.within(1) ? 1 : 0)));
        return byGroup.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .average()
                .orElse(Double.NaN);
    }

    /** Mean squared distance of the confidence in the first place from whether it was right. */
    private double brier() {
        return mean(outcome -> {
            double miss = outcome.confidence() - (outcome.within(1) ? 1 : 0);
            return miss * miss;
        });
    }

    private double mostConfidentHalf() {
        return outcomes.stream()
                .sorted(Comparator.comparingDouble(Outcome::confidence).reversed())
                .limit((outcomes.size() + 1) / 2)
                .mapToDouble(outcome -> outcome.within(1) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private double rightlySpoken() {
        return outcomes.stream()
                .filter(Outcome::spoken)
                .mapToDouble(outcome -> outcome.within(1) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private double share(Predicate<Outcome> which) {
        return (double) count(which) / outcomes.size();
    }

    private int count(Predicate<Outcome> which) {
        return (int) outcomes.stream().filter(which).count();
    }

    private double mean(java.util.function.ToDoubleFunction<Outcome> of) {
        return outcomes.stream().mapToDouble(of).average().orElse(Double.NaN);
    }
}
