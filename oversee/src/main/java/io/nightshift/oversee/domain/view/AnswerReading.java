package io.nightshift.oversee.domain.view;

import io.nightshift.events.Claim;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Investigation;
import io.nightshift.events.ModelCall;
import io.nightshift.events.Proposal;
import io.nightshift.oversee.domain.view.AnswerView.Citation;
import io.nightshift.oversee.domain.view.AnswerView.ClaimView;
import io.nightshift.oversee.domain.view.AnswerView.HypothesisView;
import io.nightshift.oversee.domain.view.AnswerView.ProposalView;
import io.nightshift.oversee.domain.view.AnswerView.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads an investigation for people; claims get the evidence that they cite. */
final class AnswerReading {

    private static final int MOST_HYPOTHESES = 8;
    private static final int MOST_CLAIMS = 12;
    private static final int MOST_CONSIDERED = 12;

    private final Map<String, EvidenceItem> evidence = new HashMap<>();

    private AnswerReading(Investigation investigation) {
        investigation.getEvidence().forEach(item -> evidence.put(item.getId(), item));
    }

    static AnswerView of(Investigation investigation) {
        return new AnswerReading(investigation).read(investigation);
    }

    private AnswerView read(Investigation answer) {
        return new AnswerView(
                answer.getId(),
                answer.getIncidentVersion(),
                Words.of(answer.getEngine()),
                answer.getEngineNote(),
                answer.getStartedAt().toEpochMilli(),
                answer.getFinishedAt().toEpochMilli(),
                answer.getSentence(),
                answer.getHypotheses().stream()
                        .limit(MOST_HYPOTHESES)
                        .map(this::hypothesis)
                        .toList(),
                answer.getConsidered().stream()
                        .limit(MOST_CONSIDERED)
                        .map(other -> new Refusal(other.getWhat(), other.getWhy()))
                        .toList(),
                answer.getLessons().stream().map(lesson -> lesson.getEffect()).toList(),
                proposal(answer.getProposal()),
                answer.getNoProposalReason(),
                List.copyOf(answer.getTruncated()),
                answer.getModelCalls().stream().map(AnswerReading::call).toList());
    }

    private HypothesisView hypothesis(Hypothesis hypothesis) {
        return new HypothesisView(
                hypothesis.getRank(),
                hypothesis.getService(),
                hypothesis.getInstance(),
                Words.of(hypothesis.getCauseClass()),
                hypothesis.getConfidence(),
                List.copyOf(hypothesis.getChain()),
                hypothesis.getSentence(),
                claims(hypothesis.getEvidenceFor()),
                claims(hypothesis.getEvidenceAgainst()));
    }

    private List<ClaimView> claims(List<Claim> claims) {
        return claims.stream()
                .limit(MOST_CLAIMS)
                .map(claim -> new ClaimView(claim.getText(), citations(claim)))
                .toList();
    }

    private List<Citation> citations(Claim claim) {
        return claim.getEvidenceIds().stream()
                .map(evidence::get)
                .filter(Objects::nonNull)
                .map(item -> new Citation(item.getId(), Words.of(item.getKind()), item.getText(), ref(item)))
                .toList();
    }

    private static String ref(EvidenceItem item) {
        return item.getRefs().isEmpty() ? "" : Words.of(item.getRefs().get(0));
    }

    private static ProposalView proposal(Proposal proposal) {
        return proposal == null
                ? null
                : new ProposalView(
                        Words.of(proposal.getAction()),
                        proposal.getTarget(),
                        List.copyOf(proposal.getInstances()),
                        proposal.getConfidence(),
                        proposal.getRationale());
    }

    private static String call(ModelCall call) {
        return call.getProvider() + " " + call.getModel() + ": " + call.getOutcome() + ", " + call.getMillis() + " ms, "
                + call.getInputTokens() + " tokens in, " + call.getOutputTokens() + " out";
    }
}
