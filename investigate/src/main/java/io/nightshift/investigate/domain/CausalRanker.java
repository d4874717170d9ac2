package io.nightshift.investigate.domain;

import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import io.nightshift.investigate.domain.measure.ScoringRule;
import io.nightshift.investigate.domain.measure.SignKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ranks root causes: deterministic, explainable, in milliseconds. Each service is judged by what is its own of every kind of
 * evidence ({@link Attribution}); the class of cause by which of that evidence fits it ({@link CauseFit}). "Something outside",
 * "more load" and "no culprit" are answers like any other.
 */
public final class CausalRanker {

    /** Score of "no culprit": what a suspect must pass to be believed. */
    private static final double SILENCE = 0.25;

    /** What a release just before the onset adds to a service whatever the class of the cause. */
    private static final double RELEASE_SHARE = 0.3;

    private static final double SURGE_SCORE = 2;

    /** How far a surge excuses what services suffer under it. */
    private static final double SURGE_EXCUSES = 0.7;

    private static final double WORTH_NAMING = 0.05;
    private static final int NAMED = 5;
    private static final int FORETOLD = 3;

    private CausalRanker() {}

    /** A possible cause with its score; the score's unit is evidence of weight 1, fully surprising, at one service. */
    record Candidate(String service, CauseClass cause, double score, Suspect suspect) {}

    public static Ranking rank(Case subject) {
        List<Sign> signs = SignReading.of(subject);
        Instant onset = SignReading.symptomOnset(subject);
        ServiceGraph graph = ServiceGraph.of(subject.graph());
        connectSeenEdges(graph, signs);
        Attribution attribution = new Attribution(graph, signs);
        List<Suspect> suspects = attribution.suspects();
        Surge surge = Surge.in(subject, graph, signs);

        List<Candidate> candidates = new ArrayList<>();
        suspects.forEach(suspect -> candidates.addAll(causes(subject, attribution, suspect, surge, onset)));
        if (surge.strength() > 0) {
            Suspect entry = new Suspect(surge.entry(), Map.of(), surge.signs(), true, 0);
            candidates.add(
                    new Candidate(surge.entry(), CauseClass.TRAFFIC_SURGE, SURGE_SCORE * surge.strength(), entry));
        }
        candidates.add(new Candidate("", CauseClass.NO_CULPRIT, SILENCE, null));
        candidates.sort(Comparator.comparingDouble(Candidate::score)
                .reversed()
                .thenComparing(Candidate::service)
                .thenComparing(Candidate::cause));

        Hypotheses writer = new Hypotheses(subject, graph, attribution.affected(), onset, suspects);
        List<Hypothesis> ranked = foretold(Foretold.coming(subject), writer, written(candidates, writer));
        return new Ranking(ranked, onset, attribution.affected(), logsOnly(suspects));
    }

    /** What is foretold stands before what explains nothing that has happened. */
    private static List<Hypothesis> foretold(List<Foretold> coming, Hypotheses writer, List<Hypothesis> others) {
        List<Hypothesis> all = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (Foretold foretold : coming) {
            if (foretold.cause() != CauseClass.UNKNOWN && all.size() < FORETOLD) {
                Hypothesis hypothesis = writer.write(foretold, all.size() + 1);
                if (named.add(Ranking.nameOf(hypothesis))) {
                    all.add(hypothesis);
                }
            }
        }
        if (all.isEmpty()) {
            return others;
        }
        double doubt = 1 - all.get(0).getConfidence();
        others.stream()
                .filter(other -> all.size() < NAMED && named.add(Ranking.nameOf(other)))
                .forEach(other -> all.add(Hypothesis.newBuilder(other)
                        .setRank(all.size() + 1)
                        .setConfidence(other.getConfidence() * doubt)
                        .build()));
        return all;
    }

    private static List<Candidate> causes(
            Case subject, Attribution attribution, Suspect suspect, Surge surge, Instant onset) {
        double excused = 1 - SURGE_EXCUSES * surge.strength();
        if (attribution.isSilent(suspect.service())
                && subject.inventory().service(suspect.service()).isEmpty()) {
            return List.of(new Candidate(suspect.service(), CauseClass.EXTERNAL, suspect.score() * excused, suspect));
        }
        double release = CauseFit.releaseWorth(suspect, subject.changes(), onset);
        double configuration = CauseFit.configurationWorth(suspect, subject.changes(), onset);
        return CauseFit.of(suspect, subject.changes(), onset, attribution.usersSuffer()).entrySet().stream()
                .map(fit -> {
                    double added =
                            switch (fit.getKey()) {
                                case BAD_RELEASE -> release;
                                case CONFIGURATION_CHANGE -> configuration;
                                default -> release * RELEASE_SHARE;
                            };
                    double score = (suspect.score() + added) * fit.getValue() * excused;
                    return new Candidate(suspect.service(), fit.getKey(), score, suspect);
                })
                .toList();
    }

    /** Silence is a candidate among the others here, so that it needs no mention in the confidence. */
    private static List<Hypothesis> written(List<Candidate> candidates, Hypotheses writer) {
        List<Double> all = candidates.stream().map(Candidate::score).toList();
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (hypotheses.size() < NAMED && (hypotheses.isEmpty() || candidate.score() >= WORTH_NAMING)) {
                double confidence = ScoringRule.confidence(candidate.score(), all, 0);
                hypotheses.add(writer.write(candidate, hypotheses.size() + 1, confidence));
            }
        }
        return hypotheses;
    }

    /** An edge that an anomaly saw exists, whether or not the incident's slice of the graph holds it. */
    private static void connectSeenEdges(ServiceGraph graph, List<Sign> signs) {
        signs.stream()
                .filter(sign -> sign.onEdge() && !sign.peer().equals(sign.service()))
                .forEach(sign -> graph.connect(sign.service(), sign.peer()));
    }

    private static Set<String> logsOnly(List<Suspect> suspects) {
        return suspects.stream()
                .filter(suspect -> !suspect.corroborated() && suspect.part(SignKind.LOGS) > 0)
                .map(Suspect::service)
                .collect(Collectors.toSet());
    }
}
