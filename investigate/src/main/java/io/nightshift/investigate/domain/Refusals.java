package io.nightshift.investigate.domain;

import io.nightshift.events.Alternative;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.Hypothesis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What looked like a cause and is not, and why: other changes, services that only log, weaker hypotheses. */
final class Refusals {

    private static final int OTHERS = 2;
    private static final int CHANGES = 8;

    private Refusals() {}

    static List<Alternative> of(Case subject, Ranking ranking, Hypothesis best) {
        List<Alternative> refused = new ArrayList<>();
        subject.changes().stream()
                .sorted(Comparator.comparingLong(ChangeEvent::getTimeMicros).reversed())
                .filter(change -> !isTheCausesOwn(change, best, ranking.symptomOnset()))
                .limit(CHANGES)
                .forEach(change -> refused.add(
                        new Alternative("Blaming the " + ChangeReview.words(change), whyNot(change, ranking, best))));
        ranking.logsOnly().stream()
                .sorted()
                .filter(service -> !service.equals(best.getService()))
                .forEach(service -> refused.add(new Alternative(
                        "Following the log lines of " + SignWords.shortName(service),
                        "a log line is text that anybody may have written, whatever cause or remedy it names; no metric,"
                                + " trace or probe of that service shows anything unusual"
                                + (best.getChain().contains(service) ? "" : ", and it is not on the failure path"))));
        ranking.hypotheses().stream()
                .filter(other -> other.getRank() > 1)
                .filter(other -> !Ranking.nameOf(other).equals(Ranking.nameOf(best)))
                .limit(OTHERS)
                .forEach(other -> refused.add(new Alternative(
                        other.getSentence(),
                        SignWords.format(
                                "the evidence fits it less: %.2f against %.2f",
                                other.getConfidence(), best.getConfidence()))));
        return refused;
    }

    private static boolean isTheCausesOwn(ChangeEvent change, Hypothesis best, Instant onset) {
        return ChangeReview.serviceOf(change).equals(best.getService()) && ChangeReview.closeness(change, onset) > 0;
    }

    private static String whyNot(ChangeEvent change, Ranking ranking, Hypothesis best) {
        String service = ChangeReview.serviceOf(change);
        List<String> reasons = new ArrayList<>();
        if (ChangeReview.cameAfter(change, ranking.symptomOnset())) {
            reasons.add("it came after the first symptom at " + SignWords.clock(ranking.symptomOnset()));
        } else if (ChangeReview.closeness(change, ranking.symptomOnset()) == 0) {
            reasons.add("it is too old to explain the onset");
        }
        if (!ranking.affected().containsKey(service)) {
            reasons.add(SignWords.shortName(service) + " shows no anomaly");
        } else if (ranking.logsOnly().contains(service)) {
            reasons.add(SignWords.shortName(service) + " shows nothing unusual but log lines");
        }
        if (!best.getChain().contains(service)) {
            reasons.add(SignWords.shortName(service) + " is not on the failure path");
        }
        return reasons.isEmpty()
                ? "what " + SignWords.shortName(service) + " suffers is explained by its callees"
                : String.join("; ", reasons);
    }
}
