package io.nightshift.bench.rca;

import io.nightshift.events.Hypothesis;
import io.nightshift.events.ModelCall;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Ranked;
import io.nightshift.investigate.worker.Reasoner;
import io.nightshift.investigate.worker.Reasoning;
import io.nightshift.investigate.worker.Reasoning.Conclusion;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One fault that a model was asked about.
 *
 * @param ranker what the ranker made of it alone
 * @param model what the model's causes make of it, followed by those of the ranker that it does not name; the ranker's alone
 *     where the model's answer was not taken
 * @param said the model's part
 */
record Asked(Outcome ranker, Outcome model, Reasoning said) {

    /** @param time that the model may think */
    static Asked of(Outcome ranker, Reasoner reasoner, Duration time) {
        Trouble fault = ranker.trouble();
        Observations seen = fault.observations().get();
        // A model may have read the benchmark: its names must say nothing.
        Renaming renaming = Renaming.of(seen, fault.name().hashCode());
        MeasuredCase shown = new MeasuredCase(renaming.apply(seen));
        long begin = System.nanoTime();
        Reasoning said = reasoner.reason(shown.diagnosis(ranker.confidence()), null, time);
        double millis = (System.nanoTime() - begin) / 1e6;
        Outcome model = said.conclusion()
                .map(heard -> outcome(ranker, heard, shown.ranked(), renaming.name(fault.cause()), millis))
                .orElse(outcome(ranker, ranker.place(), ranker.confidence(), millis));
        return new Asked(ranker, model, said);
    }

    boolean taken() {
        return said.conclusion().isPresent();
    }

    long sum(ToLongFunction<ModelCall> of) {
        return said.trail().calls().stream().mapToLong(of).sum();
    }

    /** Where both name the same entity first, the ranker's confidence stands, as in production: the class is not labelled. */
    private static Outcome outcome(Outcome ranker, Conclusion heard, Ranked ranked, String cause, double millis) {
        List<String> named = heard.hypotheses().stream()
                .map(Hypothesis::getService)
                .distinct()
                .toList();
        boolean agree = !ranked.scores().isEmpty()
                && named.get(0).equals(MeasuredCase.id(ranked.scores().get(0).entity()));
        double confidence =
                agree ? ranker.confidence() : heard.hypotheses().get(0).getConfidence();
        return outcome(ranker, place(named, ranked, cause), confidence, millis);
    }

    /** Place of the cause among what the model names, then among what is left of the ranking, equals at their worst place. */
    static int place(List<String> named, Ranked ranked, String cause) {
        int at = named.indexOf(MeasuredCase.id(cause));
        if (at >= 0) {
            return at + 1;
        }
        List<Ranked.Score> left = ranked.scores().stream()
                .filter(score -> !named.contains(MeasuredCase.id(score.entity())))
                .toList();
        int place = new Ranked(left).place(cause);
        return place == Integer.MAX_VALUE ? place : named.size() + place;
    }

    private static Outcome outcome(Outcome ranker, int place, double confidence, double millis) {
        return new Outcome(
                ranker.trouble(),
                place,
                ranker.naivePlace(),
                ranker.score(),
                confidence,
                ranker.spoken(),
                ranker.sameRenamed(),
                millis);
    }
}
