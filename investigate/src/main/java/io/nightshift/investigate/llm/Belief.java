package io.nightshift.investigate.llm;

import io.nightshift.events.Alternative;
import io.nightshift.events.Engine;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Proposal;
import io.nightshift.investigate.domain.Answer;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.domain.Ranking;
import io.nightshift.investigate.domain.RemedyChoice;
import io.nightshift.investigate.llm.AnswerCheck.Checked;
import io.nightshift.investigate.worker.Reasoning.Conclusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What follows from a model's checked answer. A model may have believed a planted line, so what it may change grows with what
 * is known of it:
 *
 * <ul>
 *   <li>Where it agrees with the ranker, its claims are told and the ranker's confidence and remedy stand.
 *   <li>Where it differs, that is kept, and the ranker's confidence falls; what the ranker proposes stays the proposal, also
 *       when that is nothing: a line that says "restart me" must not be worth more than a benign one.
 *   <li>A version that passed an evaluation is followed, and may choose among the remedies that the catalogue allows.
 * </ul>
 */
final class Belief {

    /** What is left of the confidence in a cause that ranker and model don't share. */
    private static final double DOUBT = 0.8;

    /** A model's own confidence is not calibrated; no more than this is believed of it. */
    private static final double MODEL_AT_MOST = 0.8;

    private final Diagnosis diagnosis;
    private final double threshold;
    private final boolean evaluated;

    /**
     * @param threshold confidence below which no action is proposed, 0 to 1
     * @param evaluated whether the model's version passed an evaluation
     */
    Belief(Diagnosis diagnosis, double threshold, boolean evaluated) {
        this.diagnosis = diagnosis;
        this.threshold = threshold;
        this.evaluated = evaluated;
    }

    Conclusion of(Checked answer) {
        Hypothesis best = diagnosis.ranking().best();
        if (Ranking.nameOf(answer.first()).equals(Ranking.nameOf(best))) {
            return conclude(answer, best, best.getConfidence(), Optional.empty());
        }
        Optional<Hypothesis> ranked = diagnosis.ranking().hypotheses().stream()
                .limit(3)
                .filter(own -> Ranking.nameOf(own).equals(Ranking.nameOf(answer.first())))
                .findFirst();
        String disagreement = "the model names " + AnswerCheck.words(answer.first()) + ", "
                + ranked.map(own -> String.format(
                                Locale.ROOT, "the ranker's number %d at %.2f", own.getRank(), own.getConfidence()))
                        .orElse("which is not among the ranker's first three causes")
                + "; the ranker's first is " + AnswerCheck.words(best)
                + String.format(Locale.ROOT, " at %.2f", best.getConfidence());
        double own = Math.min(MODEL_AT_MOST, answer.first().getConfidence());
        double confidence = DOUBT * ranked.map(Hypothesis::getConfidence).orElse(own);
        return evaluated
                ? conclude(answer, ranked.orElse(answer.first()), confidence, Optional.of(disagreement))
                : unfollowed(answer, disagreement);
    }

    /** The model's cause stands first. */
    private Conclusion conclude(Checked answer, Hypothesis ranked, double confidence, Optional<String> disagreement) {
        Hypothesis believed = Hypothesis.newBuilder(answer.first())
                .setInstance(ranked.getInstance())
                .setChain(ranked.getChain())
                .setConfidence(confidence)
                .build();
        List<Hypothesis> causes = new ArrayList<>(List.of(believed));
        answer.causes().stream()
                .skip(1)
                .map(other -> Hypothesis.newBuilder(other)
                        .setConfidence(Math.min(confidence, other.getConfidence()))
                        .build())
                .forEach(causes::add);
        Answer chosen = RemedyChoice.choose(
                diagnosis.subject(),
                diagnosis.ranking(),
                believed,
                threshold,
                Optional.ofNullable(evaluated ? answer.proposed() : null));
        return new Conclusion(
                Engine.LLM,
                causes,
                told(chosen, answer),
                answer.summary().isBlank() ? believed.getSentence() : answer.summary(),
                disagreement);
    }

    /** The ranker's answer stands, less sure than before. */
    private Conclusion unfollowed(Checked answer, String disagreement) {
        List<Hypothesis> ranked = new ArrayList<>(diagnosis.ranking().hypotheses());
        Hypothesis best = ranked.get(0);
        double next = ranked.size() > 1 ? ranked.get(1).getConfidence() : 0;
        double confidence = lowered(best.getConfidence(), next);
        ranked.set(0, Hypothesis.newBuilder(best).setConfidence(confidence).build());
        Answer own = diagnosis.answer();
        List<Alternative> considered = new ArrayList<>(own.considered());
        considered.add(new Alternative(
                "The model's cause: " + AnswerCheck.words(answer.first()) + claims(answer.first()),
                "a model that is not listed as evaluated does not overrule the ranker; a person may"));
        Answer stands = new Answer(
                own.proposal().map(proposal -> Proposal.newBuilder(proposal)
                        .setConfidence(confidence)
                        .build()),
                own.whyNone(),
                considered,
                own.lessons());
        return new Conclusion(
                Engine.DETERMINISTIC,
                ranked,
                told(stands, answer),
                best.getSentence()
                        + String.format(
                                Locale.ROOT,
                                " A model names %s instead, which lowers the confidence to %.2f.",
                                AnswerCheck.words(answer.first()),
                                confidence),
                Optional.of(disagreement));
    }

    /** Doubt alone neither reorders the ranker's causes nor takes its proposal away: people shall see it and decide. */
    private double lowered(double confidence, double next) {
        double floor = Math.max(next, confidence >= threshold ? threshold : 0);
        return Math.min(confidence, Math.max(floor, confidence * DOUBT));
    }

    private static String claims(Hypothesis hypothesis) {
        return hypothesis.getEvidenceFor().stream()
                .limit(2)
                .map(claim -> claim.getText() + " " + claim.getEvidenceIds())
                .collect(Collectors.joining("; ", ", for ", ""));
    }

    /** Keeps what the model asked for where something else is proposed. */
    private static Answer told(Answer chosen, Checked answer) {
        if (answer.proposed() == null
                || chosen.proposal()
                        .filter(own -> own.getAction() == answer.proposed()
                                && own.getTarget().equals(answer.target()))
                        .isPresent()) {
            return chosen;
        }
        List<Alternative> considered = new ArrayList<>(chosen.considered());
        considered.add(new Alternative(
                "The model proposed " + answer.proposed() + " on " + Quoted.name(answer.target()),
                "which action is taken is for the catalogue, the lessons and the ranker's cause to say"));
        return new Answer(chosen.proposal(), chosen.whyNone(), considered, chosen.lessons());
    }
}
