package io.nightshift.bench.rca;

import io.nightshift.bench.Figures;
import io.nightshift.events.ModelCall;
import io.nightshift.investigate.InvestigateSettings;
import io.nightshift.investigate.LlmSettings;
import io.nightshift.investigate.llm.LlmReasoner;
import io.nightshift.schemas.EventClasses;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Asks a model, through production's own reasoner, about faults that the ranker has ranked, and scores both side by side. */
final class ModelTrial {

    private static final double MILLION = 1e6;

    private final InvestigateSettings settings;
    private final LlmSettings llm;
    private final Set<String> versions = new ConcurrentSkipListSet<>();
    private final LlmReasoner reasoner;

    /** One fault, and the set that it belongs to. */
    private record Fault(LabelledSet set, Outcome ranker) {}

    /** @param settings with a model */
    ModelTrial(InvestigateSettings settings) {
        // No serde is made here, which else would have seen to it.
        EventClasses.trust();
        this.settings = settings;
        this.llm = settings.llm().orElseThrow();
        this.reasoner =
                LlmReasoner.underEvaluation(llm, settings.proposalConfidence(), versions::add, Clock.systemUTC());
    }

    /** @param most how many faults to ask about at most, evenly spread over all */
    Figures of(List<Trial.Result> results, int most) {
        List<Fault> faults = spread(results, most);
        Map<LabelledSet, List<Asked>> bySet = new LinkedHashMap<>();
        int number = 0;
        for (Fault fault : faults) {
            Asked asked = Asked.of(fault.ranker(), reasoner, settings.deadline());
            bySet.computeIfAbsent(fault.set(), any -> new ArrayList<>()).add(asked);
            number++;
            tell(asked, number, faults.size());
        }
        return figures(bySet);
    }

    private static List<Fault> spread(List<Trial.Result> results, int most) {
        List<Fault> all = results.stream()
                .flatMap(result -> result.outcomes().stream().map(outcome -> new Fault(result.set(), outcome)))
                .toList();
        int count = Math.min(most, all.size());
        List<Fault> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(all.get((int) ((long) i * all.size() / count)));
        }
        return chosen;
    }

    private Figures figures(Map<LabelledSet, List<Asked>> bySet) {
        List<Asked> all = bySet.values().stream().flatMap(List::stream).toList();
        return new Figures()
                .put("n", all.size())
                .put("model_version", versions.isEmpty() ? null : String.join(", ", versions))
                .put("model", scored(bySet, Asked::model))
                .put("ranker", scored(bySet, Asked::ranker))
                .put("right_model_alone", alone(all, Asked::model, Asked::ranker))
                .put("right_ranker_alone", alone(all, Asked::ranker, Asked::model))
                .put(
                        "paired_p",
                        Certainty.paired(
                                alone(all, Asked::model, Asked::ranker), alone(all, Asked::ranker, Asked::model)))
                .put("not_taken", 1 - (double) all.stream().filter(Asked::taken).count() / all.size())
                .put("not_taken_because", reasons(all))
                .put("grounded_share", grounded(all))
                .put(
                        "calls",
                        all.stream()
                                .mapToLong(asked -> asked.said().trail().calls().size())
                                .sum())
                .put("tokens_in", sum(all, asked -> asked.sum(ModelCall::getInputTokens)))
                .put("tokens_out", sum(all, asked -> asked.sum(ModelCall::getOutputTokens)))
                .put("cost", isPriced() ? sum(all, asked -> asked.sum(ModelCall::getCostMicros)) / MILLION : Double.NaN)
                .put(
                        "seconds_per_case",
                        all.stream()
                                .mapToDouble(asked -> asked.model().millis() / 1_000)
                                .average()
                                .orElse(Double.NaN));
    }

    private static Figures scored(Map<LabelledSet, List<Asked>> bySet, Function<Asked, Outcome> side) {
        return new Scoreboard(bySet.entrySet().stream()
                        .map(one -> new Trial.Result(
                                one.getKey(), one.getValue().stream().map(side).toList(), 0, 0))
                        .toList())
                .brief();
    }

    private static int alone(List<Asked> all, Function<Asked, Outcome> one, Function<Asked, Outcome> other) {
        return (int) all.stream()
                .filter(asked ->
                        one.apply(asked).within(1) && !other.apply(asked).within(1))
                .count();
    }

    private Figures reasons(List<Asked> all) {
        Figures figures = new Figures();
        all.stream()
                .filter(asked -> !asked.taken())
                .collect(Collectors.groupingBy(this::reason, TreeMap::new, Collectors.counting()))
                .forEach((reason, count) -> figures.put(reason, count.longValue()));
        return figures;
    }

    /** A server may repeat the key that it refuses. */
    private String reason(Asked asked) {
        String note = asked.said().note();
        return llm.apiKey().isEmpty() ? note : note.replace(llm.apiKey(), "(key)");
    }

    /** Share of all claims that cite evidence that was shown. */
    private static double grounded(List<Asked> all) {
        double stated = sum(all, asked -> asked.said().trail().grounding().stated());
        double dropped = sum(all, asked -> asked.said().trail().grounding().dropped());
        return stated == 0 ? Double.NaN : (stated - dropped) / stated;
    }

    private static long sum(List<Asked> all, ToLongFunction<Asked> of) {
        return all.stream().mapToLong(of).sum();
    }

    private boolean isPriced() {
        return llm.price().inPerMillion() > 0 || llm.price().outPerMillion() > 0;
    }

    private void tell(Asked asked, int number, int of) {
        System.err.printf(
                Locale.ROOT,
                "model: case %d of %d: place %s, the ranker's %s; %d tokens, %.1f s%s%n",
                number,
                of,
                place(asked.model()),
                place(asked.ranker()),
                asked.sum(call -> call.getInputTokens() + call.getOutputTokens()),
                asked.model().millis() / 1_000,
                asked.taken() ? "" : "; " + reason(asked));
    }

    private static String place(Outcome outcome) {
        return outcome.place() == Integer.MAX_VALUE ? "none" : String.valueOf(outcome.place());
    }
}
