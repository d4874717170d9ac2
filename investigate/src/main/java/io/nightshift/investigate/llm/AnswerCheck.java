package io.nightshift.investigate.llm;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Claim;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Hypothesis;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.llm.ModelAnswer.Cause;
import io.nightshift.investigate.llm.ModelAnswer.RefusedAnswerException;
import io.nightshift.investigate.llm.ModelAnswer.Statement;
import io.nightshift.investigate.worker.Reasoning.Grounding;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a model's answer as far as it can be checked: an action outside of the catalogue or a target outside of the inventory
 * discredits all of it, a claim counts only when it cites evidence that exists and was shown, and not skills alone, a cause only when a claim of
 * its own counts. What follows from what is left is for {@link Belief} to say.
 */
final class AnswerCheck {

    private static final int CAUSES = 3;
    private static final int CLAIMS = 12;
    private static final int TEXT = 300;

    private final Diagnosis diagnosis;
    private final Exhibits exhibits;
    private int stated;
    private int dropped;

    AnswerCheck(Diagnosis diagnosis, Exhibits exhibits) {
        this.diagnosis = diagnosis;
        this.exhibits = exhibits;
    }

    /**
     * What is left of an answer.
     *
     * @param causes best first, at least one, each with evidence for it
     * @param proposed action that it asks for on a service of the inventory, or null
     * @param target that service, or empty
     * @param summary its sentence, escaped; empty when it has none
     */
    record Checked(List<Hypothesis> causes, ActionKind proposed, String target, String summary) {

        Checked {
            causes = List.copyOf(causes);
        }

        Hypothesis first() {
            return causes.get(0);
        }
    }

    /** How well the claims of the answer were grounded, also when it was refused. */
    Grounding grounding() {
        return new Grounding(stated, dropped);
    }

    /**
     * @throws RefusedAnswerException when the answer as a whole can't be used
     */
    Checked check(ModelAnswer answer) {
        ActionKind proposed = checkProposal(answer);
        List<Hypothesis> causes = new ArrayList<>();
        List<Cause> named = answer.hypotheses().stream().limit(CAUSES).toList();
        for (Cause cause : named) {
            Hypothesis hypothesis = hypothesis(cause, causes);
            Optional<String> objection = objection(hypothesis);
            if (objection.isEmpty()) {
                causes.add(hypothesis);
            } else if (causes.isEmpty()) {
                throw RefusedAnswerException.mendable(objection.get());
            }
        }
        return new Checked(
                causes,
                proposed,
                proposed == null ? "" : answer.proposal().target(),
                answer.summary() == null ? "" : Quoted.text(answer.summary(), TEXT));
    }

    private Optional<String> objection(Hypothesis hypothesis) {
        if (!isKnown(hypothesis.getService())) {
            return Optional.of("the model names a service that neither inventory nor evidence knows");
        }
        return hypothesis.getEvidenceFor().isEmpty()
                ? Optional.of("the model cites no existing evidence for " + words(hypothesis))
                : Optional.empty();
    }

    /** Empty stands for a cause that is no service's. */
    private boolean isKnown(String service) {
        return service.isEmpty()
                || diagnosis.subject().inventory().service(service).isPresent()
                || diagnosis.ranking().affected().containsKey(service)
                || diagnosis.evidence().stream()
                        .anyMatch(item -> item.getSubject() != null
                                && ServiceKey.of(item.getSubject()).toString().equals(service));
    }

    private ActionKind checkProposal(ModelAnswer answer) {
        if (answer.proposal() == null) {
            return null;
        }
        ActionKind action = Arrays.stream(ActionKind.values())
                .filter(kind -> kind != ActionKind.UNKNOWN
                        && kind.name().equals(answer.proposal().action()))
                .findFirst()
                .orElseThrow(() -> RefusedAnswerException.discredited(
                        "the model proposes an action that is not in the catalogue"));
        String target = answer.proposal().target();
        if (target == null || diagnosis.subject().inventory().service(target).isEmpty()) {
            throw RefusedAnswerException.discredited("the model proposes a target that is not in the inventory");
        }
        return action;
    }

    private Hypothesis hypothesis(Cause cause, List<Hypothesis> before) {
        CauseClass causeClass = Arrays.stream(CauseClass.values())
                .filter(known -> known.name().equals(cause.causeClass()))
                .findFirst()
                .orElseThrow(
                        () -> RefusedAnswerException.mendable("the model names a cause class that does not exist"));
        String service = cause.service() == null ? "" : cause.service();
        double most = before.isEmpty() ? 1 : before.get(before.size() - 1).getConfidence();
        return new Hypothesis(
                before.size() + 1,
                service,
                null,
                causeClass,
                // A comparison that NaN does not pass.
                cause.confidence() >= 0 ? Math.min(most, cause.confidence()) : 0,
                List.of(),
                claims(cause, false),
                claims(cause, true),
                words(service, causeClass));
    }

    private List<Claim> claims(Cause cause, boolean against) {
        List<Claim> kept = new ArrayList<>();
        List<Statement> all = cause.claims() == null ? List.of() : cause.claims();
        for (Statement statement : all.stream().limit(CLAIMS).toList()) {
            if (statement.against() == against) {
                stated++;
                List<String> cited = statement.evidence() == null ? List.of() : statement.evidence();
                if (restsOnEvidence(cited)) {
                    kept.add(new Claim(
                            Quoted.text(statement.text(), TEXT),
                            cited.stream().distinct().toList()));
                } else {
                    dropped++;
                }
            }
        }
        return kept;
    }

    /** All of it exists and was shown, and not all of it is advice: a skill says what may be, and saw nothing. */
    private boolean restsOnEvidence(List<String> cited) {
        return cited.stream().allMatch(id -> exhibits.shown(id).isPresent())
                && cited.stream()
                        .flatMap(id -> exhibits.shown(id).stream())
                        .anyMatch(item -> item.getKind() != EvidenceKind.SKILL);
    }

    static String words(Hypothesis hypothesis) {
        return words(hypothesis.getService(), hypothesis.getCauseClass());
    }

    private static String words(String service, CauseClass cause) {
        return (service.isEmpty() ? "no service" : Quoted.name(service)) + " (" + cause + ")";
    }
}
