package io.nightshift.investigate.llm;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Alternative;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Claim;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Hypothesis;
import io.nightshift.investigate.domain.Answer;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.domain.Ranking;
import io.nightshift.investigate.domain.RemedyChoice;
import io.nightshift.investigate.llm.ModelAnswer.Cause;
import io.nightshift.investigate.llm.ModelAnswer.RefusedAnswerException;
import io.nightshift.investigate.llm.ModelAnswer.Statement;
import io.nightshift.investigate.worker.Reasoning.Conclusion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is believed of a model's answer. A claim counts when it cites evidence that exists. The model may confirm the ranker's
 * first cause, or decide between causes that the ranker finds nearly alike; anything else it says is kept as considered, and
 * the ranker's answer stands. Which action is proposed is never the model's choice: the catalogue and the lessons make it.
 */
final class AnswerCheck {

    /** A cause of the ranker with at least this part of the first one's confidence is nearly alike. */
    private static final double NEARLY = 0.5;

    private static final int CAUSES = 3;
    private static final int CLAIMS = 12;
    private static final int TEXT = 300;

    private final Diagnosis diagnosis;
    private final double threshold;
    private final Set<String> evidence;
    private int claims;
    private int grounded;

    private AnswerCheck(Diagnosis diagnosis, double threshold) {
        this.diagnosis = diagnosis;
        this.threshold = threshold;
        this.evidence = diagnosis.evidence().stream().map(EvidenceItem::getId).collect(Collectors.toSet());
    }

    /**
     * @throws RefusedAnswerException when the answer as a whole can't be used
     */
    static Conclusion conclude(ModelAnswer answer, Diagnosis diagnosis, double threshold) {
        return new AnswerCheck(diagnosis, threshold).conclude(answer);
    }

    private Conclusion conclude(ModelAnswer answer) {
        checkProposal(answer);
        List<Hypothesis> named = new ArrayList<>();
        for (Cause cause : answer.hypotheses().stream().limit(CAUSES).toList()) {
            named.add(hypothesis(cause, named.size() + 1));
        }
        Hypothesis first = named.get(0);
        Hypothesis ranked = diagnosis.ranking().hypotheses().stream()
                .limit(CAUSES)
                .filter(own -> Ranking.nameOf(own).equals(Ranking.nameOf(first)))
                .findFirst()
                .orElseThrow(() -> new RefusedAnswerException(
                        "the model names " + words(first) + ", which is not among the ranker's first three causes"));
        if (first.getEvidenceFor().isEmpty()) {
            throw new RefusedAnswerException("the model cites no existing evidence for " + words(first));
        }
        if (ranked.getConfidence() < diagnosis.ranking().best().getConfidence() * NEARLY) {
            throw new RefusedAnswerException(
                    "the model prefers " + words(first) + ", which fits the evidence far less than "
                            + words(diagnosis.ranking().best()));
        }
        Hypothesis believed = Hypothesis.newBuilder(first)
                .setInstance(ranked.getInstance())
                .setChain(ranked.getChain())
                .setConfidence(ranked.getConfidence())
                .build();
        named.set(0, believed);
        return new Conclusion(named, answer(believed, answer), share(), summary(answer, believed));
    }

    /** An action outside of the catalogue or a target outside of the inventory discredits the whole answer. */
    private void checkProposal(ModelAnswer answer) {
        if (answer.proposal() == null) {
            return;
        }
        String action = answer.proposal().action();
        if (Arrays.stream(ActionKind.values())
                .noneMatch(kind -> kind != ActionKind.UNKNOWN && kind.name().equals(action))) {
            throw new RefusedAnswerException("the model proposes an action that is not in the catalogue");
        }
        String target = answer.proposal().target();
        if (target == null || diagnosis.subject().inventory().service(target).isEmpty()) {
            throw new RefusedAnswerException("the model proposes a target that is not in the inventory");
        }
    }

    private Hypothesis hypothesis(Cause cause, int rank) {
        CauseClass causeClass = Arrays.stream(CauseClass.values())
                .filter(known -> known.name().equals(cause.causeClass()))
                .findFirst()
                .orElseThrow(() -> new RefusedAnswerException("the model names a cause class that does not exist"));
        String service = cause.service() == null ? "" : cause.service();
        return new Hypothesis(
                rank,
                service,
                null,
                causeClass,
                Math.max(0, Math.min(1, cause.confidence())),
                List.of(),
                claims(cause, false),
                claims(cause, true),
                words(service, causeClass));
    }

    private List<Claim> claims(Cause cause, boolean against) {
        List<Claim> kept = new ArrayList<>();
        List<Statement> stated = cause.claims() == null ? List.of() : cause.claims();
        for (Statement statement : stated.stream().limit(CLAIMS).toList()) {
            if (statement.against() == against) {
                claims++;
                List<String> cited = statement.evidence() == null ? List.of() : statement.evidence();
                if (!cited.isEmpty() && evidence.containsAll(cited)) {
                    grounded++;
                    kept.add(new Claim(Quoted.text(statement.text(), TEXT), cited));
                }
            }
        }
        return kept;
    }

    private double share() {
        return claims == 0 ? 0 : (double) grounded / claims;
    }

    private Answer answer(Hypothesis believed, ModelAnswer model) {
        Answer chosen = RemedyChoice.choose(diagnosis.subject(), diagnosis.ranking(), believed, threshold);
        boolean differs = model.proposal() != null
                && chosen.proposal()
                        .filter(own ->
                                own.getAction().name().equals(model.proposal().action())
                                        && own.getTarget()
                                                .equals(model.proposal().target()))
                        .isEmpty();
        if (!differs) {
            return chosen;
        }
        List<Alternative> considered = new ArrayList<>(chosen.considered());
        considered.add(new Alternative(
                "The model proposed " + model.proposal().action() + " on "
                        + Quoted.name(model.proposal().target()),
                "which action is taken against a cause is for the catalogue and the lessons to say"));
        return new Answer(chosen.proposal(), chosen.whyNone(), considered, chosen.lessons());
    }

    private static String summary(ModelAnswer answer, Hypothesis believed) {
        return answer.summary() == null || answer.summary().isBlank()
                ? believed.getSentence()
                : Quoted.text(answer.summary(), TEXT);
    }

    private static String words(Hypothesis hypothesis) {
        return words(hypothesis.getService(), hypothesis.getCauseClass());
    }

    private static String words(String service, CauseClass cause) {
        return (service.isEmpty() ? "no service" : Quoted.name(service)) + " (" + cause + ")";
    }
}
