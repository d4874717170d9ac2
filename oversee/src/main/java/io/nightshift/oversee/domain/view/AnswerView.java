package io.nightshift.oversee.domain.view;

import java.util.List;

/**
 * The answer to why. Times are milliseconds since the epoch.
 *
 * @param engine deterministic or llm
 * @param engineNote why this engine answered
 * @param considered what was considered and not chosen
 * @param lessons what lessons changed, in words
 * @param proposal null when nothing is proposed
 * @param noProposalReason why nothing is proposed
 * @param truncated what was left out of the evidence
 * @param modelCalls calls of a language model in words
 */
public record AnswerView(
        String id,
        int incidentVersion,
        String engine,
        String engineNote,
        long startedAt,
        long finishedAt,
        String sentence,
        List<HypothesisView> hypotheses,
        List<Refusal> considered,
        List<String> lessons,
        ProposalView proposal,
        String noProposalReason,
        List<String> truncated,
        List<String> modelCalls) {

    /**
     * A possible root cause.
     *
     * @param confidence 0 to 1
     * @param chain from the cause to the users
     */
    public record HypothesisView(
            int rank,
            String service,
            String instance,
            String causeClass,
            double confidence,
            List<String> chain,
            String sentence,
            List<ClaimView> speaksFor,
            List<ClaimView> speaksAgainst) {}

    /** A statement with the evidence that it cites. */
    public record ClaimView(String text, List<Citation> evidence) {}

    /**
     * A piece of evidence.
     *
     * @param ref topic-partition@offset of its first record, or empty
     */
    public record Citation(String id, String kind, String text, String ref) {}

    /** Something that was considered and refused. */
    public record Refusal(String what, String why) {}

    /** What the investigation proposes. */
    public record ProposalView(
            String action, String target, List<String> instances, double confidence, String rationale) {}
}
