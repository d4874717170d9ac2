package io.nightshift.deploy.cli;

import io.nightshift.oversee.domain.view.AnswerView;
import io.nightshift.oversee.domain.view.AnswerView.Citation;
import io.nightshift.oversee.domain.view.AnswerView.ClaimView;
import io.nightshift.oversee.domain.view.AnswerView.HypothesisView;
import io.nightshift.oversee.domain.view.AnswerView.ProposalView;
import io.nightshift.oversee.domain.view.ExplanationView;
import io.nightshift.oversee.domain.view.ExplanationView.CallView;
import io.nightshift.oversee.domain.view.ExplanationView.EvidenceItemView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** An explanation as lines for a terminal. Whatever others wrote in it, a terminal does nothing but show it. */
final class ExplanationText {

    private static final int BRIEF_HYPOTHESES = 3;

    private final ExplanationView explanation;
    private final AnswerView answer;
    private final List<String> lines = new ArrayList<>();

    ExplanationText(ExplanationView explanation) {
        this.explanation = explanation;
        this.answer = explanation.answer();
    }

    /** The answer, and the first hypotheses with what speaks for and against them; what is proposed, for an incident. */
    List<String> brief() {
        line(answer.sentence());
        hypotheses(BRIEF_HYPOTHESES);
        if (answer.incidentVersion() > 0) {
            proposal();
        }
        leftOut();
        return safe();
    }

    /**
     * Everything.
     *
     * @param allEvidence whether evidence that nothing cites is listed as well
     * @param eachCall whether each call of a model is listed
     */
    List<String> full(boolean allEvidence, boolean eachCall) {
        head();
        hypotheses(Integer.MAX_VALUE);
        proposal();
        considered();
        learned();
        looks();
        model(eachCall);
        evidence(allEvidence);
        leftOut();
        line("");
        line("evidence digest: " + (explanation.packDigest().isEmpty() ? "not recorded" : explanation.packDigest()));
        return safe();
    }

    private void head() {
        line(answer.sentence());
        line("");
        line(answer.id() + " about " + explanation.incidentId()
                + (answer.incidentVersion() > 0 ? ", version " + answer.incidentVersion() : "") + " in "
                + explanation.environment());
        if (explanation.question() != null && !explanation.question().isEmpty()) {
            line("asked: " + explanation.question());
        }
        line("answered by the " + answer.engine() + " investigator"
                + (answer.engineNote().isEmpty() ? "" : " (" + answer.engineNote() + ")") + " at "
                + Instant.ofEpochMilli(answer.finishedAt()) + " in " + (answer.finishedAt() - answer.startedAt())
                + " ms");
    }

    private void hypotheses(int most) {
        if (!answer.hypotheses().isEmpty()) {
            section("Hypotheses");
            answer.hypotheses().stream().limit(most).forEach(this::hypothesis);
        }
    }

    private void hypothesis(HypothesisView one) {
        line("  " + one.rank() + ". " + percent(one.confidence()) + "  " + one.causeClass()
                + (one.service().isEmpty() ? "" : "  " + one.service())
                + (one.instance() == null ? "" : " (" + one.instance() + ")"));
        line("     " + one.sentence());
        if (one.chain().size() > 1) {
            line("     chain: " + String.join(" → ", one.chain()));
        }
        one.speaksFor().forEach(claim -> line("     + " + claim(claim)));
        one.speaksAgainst().forEach(claim -> line("     - " + claim(claim)));
    }

    private static String claim(ClaimView claim) {
        return claim.text()
                + (claim.evidence().isEmpty()
                        ? ""
                        : claim.evidence().stream().map(Citation::id).collect(Collectors.joining(" ", " [", "]")));
    }

    private void proposal() {
        section("Proposal");
        ProposalView proposal = answer.proposal();
        if (proposal == null) {
            line("  none: " + answer.noProposalReason());
            return;
        }
        line("  " + proposal.action() + " of " + proposal.target() + " "
                + (proposal.instances().isEmpty() ? "" : proposal.instances() + " ") + "("
                + percent(proposal.confidence()) + ")");
        line("  " + proposal.rationale());
    }

    private void considered() {
        if (!answer.considered().isEmpty()) {
            section("Considered and refused");
            answer.considered().forEach(other -> line("  " + other.what() + ": " + other.why()));
        }
    }

    private void learned() {
        if (!explanation.lessons().isEmpty()) {
            section("Lessons used");
            explanation.lessons().forEach(lesson -> line("  " + lesson.effect() + cited(lesson.evidenceId())));
        }
        if (!explanation.skills().isEmpty()) {
            section("Skills");
            explanation
                    .skills()
                    .forEach(skill -> line("  " + skill.name() + " (" + skill.origin() + "): "
                            + (skill.changed().isEmpty() ? "changed nothing" : skill.changed())
                            + cited(skill.evidenceId())));
        }
    }

    private void looks() {
        if (!explanation.looks().isEmpty()) {
            section("Looks taken");
            explanation
                    .looks()
                    .forEach(look -> line("  " + look.tool() + " " + look.arguments() + ": " + look.outcome() + ", "
                            + look.millis() + " ms" + cited(String.join(" ", look.evidenceIds()))));
        }
    }

    private void model(boolean eachCall) {
        section("Model and ranker");
        line("  the ranker's first: "
                + (explanation.rankerTop().isEmpty() ? "nothing" : String.join(", ", explanation.rankerTop())));
        if (explanation.disagreement() != null) {
            line("  the model differs: " + explanation.disagreement());
        }
        line("  " + percent(explanation.groundedShare()) + " of the claims cite evidence; "
                + explanation.droppedClaims() + " cited none and were dropped");
        if (!explanation.calls().isEmpty()) {
            line(String.format(
                    Locale.ROOT,
                    "  %d calls of a model: %d tokens, cost %.4f, %.1f s",
                    explanation.calls().size(),
                    explanation.spent().get("tokens"),
                    explanation.spent().get("costMicros") / 1e6,
                    explanation.spent().get("millis") / 1e3));
        }
        if (eachCall) {
            explanation.calls().forEach(this::call);
        }
    }

    private void call(CallView call) {
        line(String.format(
                Locale.ROOT,
                "  %s %s %s: %s, %d ms, %d tokens in, %d out, cost %.4f",
                call.provider(),
                call.model(),
                call.parameters(),
                call.outcome(),
                call.millis(),
                call.inputTokens(),
                call.outputTokens(),
                call.costMicros() / 1e6));
        line("    prompt " + call.promptDigest() + "  answer " + call.answerDigest());
    }

    private void evidence(boolean all) {
        Set<String> cited = new HashSet<>();
        answer.hypotheses().forEach(one -> {
            one.speaksFor().forEach(claim -> claim.evidence().forEach(item -> cited.add(item.id())));
            one.speaksAgainst().forEach(claim -> claim.evidence().forEach(item -> cited.add(item.id())));
        });
        List<EvidenceItemView> shown = explanation.evidence().stream()
                .filter(item -> all || cited.contains(item.id()))
                .toList();
        section(
                all
                        ? "Evidence"
                        : "Evidence that is cited (" + shown.size() + " of "
                                + explanation.evidence().size() + "; --evidence lists all)");
        for (EvidenceItemView item : shown) {
            line("  " + item.id() + "  " + item.kind() + "  " + item.text()
                    + (item.refs().isEmpty() ? "" : "  " + String.join(" ", item.refs())));
        }
    }

    private void leftOut() {
        if (!answer.truncated().isEmpty()) {
            section("Left out");
            answer.truncated().forEach(note -> line("  " + note));
        }
    }

    private static String cited(String evidence) {
        return evidence.isEmpty() ? "" : " [" + evidence + "]";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private void section(String title) {
        line("");
        line(title);
    }

    private void line(String text) {
        lines.add(text);
    }

    private List<String> safe() {
        return lines.stream().map(Words::plain).toList();
    }
}
