package io.nightshift.remediate.policy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.PolicyQuestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Questions to put to a policy, over what its rules name. */
final class PolicyGrid {

    static final List<Reversibility> REVERSIBILITIES = List.of(
            Reversibility.SELF_RESTORING,
            Reversibility.UNDOABLE,
            Reversibility.COMPENSABLE,
            Reversibility.IRREVERSIBLE);

    /** Below, at and above what the shipped policies want, 0 to 1. */
    private static final double[] CONFIDENCES = {0.3, 0.6, 0.95};

    /** Noon of a working day, UTC. */
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private static final Set<EvidenceKind> EVIDENCE =
            EnumSet.complementOf(EnumSet.of(EvidenceKind.UNKNOWN, EvidenceKind.TOOL));

    private final PolicyNames names;

    private PolicyGrid(PolicyNames names) {
        this.names = names;
    }

    /** @param rules texts of the rules whose names are asked about */
    static PolicyGrid over(List<String> rules) {
        return new PolicyGrid(PolicyNames.in(rules));
    }

    /** The best that can be said for acting, but for one thing each that forbids it. */
    List<PolicyQuestion> dangers() {
        List<PolicyQuestion> questions = new ArrayList<>();
        for (PolicyQuestion best : named()) {
            questions.add(with(best, 1, 1, best.reversibility(), false));
            questions.add(with(best, 3, 1, best.reversibility(), false));
            questions.add(with(best, 5, 1, Reversibility.IRREVERSIBLE, false));
            questions.add(with(best, 5, 1, Reversibility.IRREVERSIBLE, true));
        }
        return questions;
    }

    /** Every level, confidence and reversibility for each. */
    List<PolicyQuestion> all() {
        List<PolicyQuestion> questions = new ArrayList<>();
        for (PolicyQuestion best : named()) {
            for (int level = 1; level <= 5; level++) {
                for (double confidence : CONFIDENCES) {
                    for (Reversibility reversibility : REVERSIBILITIES) {
                        questions.add(with(best, level, confidence, reversibility, false));
                    }
                    questions.add(with(best, level, confidence, Reversibility.IRREVERSIBLE, true));
                }
            }
        }
        return questions;
    }

    private List<PolicyQuestion> named() {
        List<PolicyQuestion> questions = new ArrayList<>();
        for (String service : names.services()) {
            for (String word : names.words()) {
                for (ActionKind action : names.actions()) {
                    for (CauseClass cause : names.causes()) {
                        questions.add(best(service, word, action, cause));
                    }
                }
            }
        }
        return questions;
    }

    private static PolicyQuestion best(String service, String word, ActionKind action, CauseClass cause) {
        return new PolicyQuestion(
                PolicyNames.environment(service),
                service,
                word,
                action,
                word,
                cause,
                Reversibility.SELF_RESTORING,
                Engine.DETERMINISTIC,
                5,
                1,
                false,
                true,
                1,
                EVIDENCE,
                NOON);
    }

    private static PolicyQuestion with(
            PolicyQuestion question, int level, double confidence, Reversibility reversibility, boolean isProtected) {
        return new PolicyQuestion(
                question.environment(),
                question.service(),
                question.serviceClass(),
                question.action(),
                question.playbook(),
                question.causeClass(),
                reversibility,
                question.engine(),
                level,
                confidence,
                isProtected,
                question.fenced(),
                question.instances(),
                question.evidence(),
                question.at());
    }
}
