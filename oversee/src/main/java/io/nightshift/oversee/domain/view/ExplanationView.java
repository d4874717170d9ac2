package io.nightshift.oversee.domain.view;

import io.nightshift.events.Investigation;
import java.util.List;
import java.util.Map;

/**
 * All that stands behind an answer. Times are milliseconds since the epoch.
 *
 * @param incidentId the incident, or the question when it is about none
 * @param question what a person asked, or null
 * @param rankerTop the ranker's first three as service|cause class, whoever answered
 * @param disagreement how a model's answer differs from the ranker's, or null
 * @param groundedShare share of the claims that cite evidence, 0 to 1
 * @param droppedClaims claims that cited nothing and were dropped
 * @param packDigest SHA-256 of the evidence as reasoned upon, hex; empty when unknown
 */
public record ExplanationView(
        String incidentId,
        String environment,
        String question,
        AnswerView answer,
        List<EvidenceItemView> evidence,
        List<SkillView> skills,
        List<LookView> looks,
        List<LessonView> lessons,
        List<CallView> calls,
        List<String> rankerTop,
        String disagreement,
        double groundedShare,
        int droppedClaims,
        String packDigest) {

    /**
     * A piece of evidence.
     *
     * @param at when it happened, or null
     * @param refs where it stands in Kafka, each as topic-partition@offset
     */
    public record EvidenceItemView(String id, String kind, String text, Long at, List<String> refs) {}

    /**
     * A skill that fitted.
     *
     * @param changed what the answer took from it; empty when it would be the same without it
     */
    public record SkillView(String name, String origin, String digest, String evidenceId, String changed) {}

    /** A read-only look that a model took. */
    public record LookView(String tool, String arguments, List<String> evidenceIds, long millis, String outcome) {}

    /** A lesson that was used. */
    public record LessonView(String key, String effect, String evidenceId) {}

    /**
     * A call of a language model.
     *
     * @param costMicros cost in millionths of the configured currency
     */
    public record CallView(
            String provider,
            String model,
            String parameters,
            long inputTokens,
            long outputTokens,
            long costMicros,
            long millis,
            String outcome,
            String promptDigest,
            String answerDigest) {}

    /** Reads an investigation; nothing of it is left out but what stands beyond the bounds of {@link AnswerView}. */
    public static ExplanationView of(Investigation answer) {
        return new ExplanationView(
                answer.getIncidentId(),
                answer.getEnvironment(),
                answer.getQuestion(),
                AnswerReading.of(answer),
                answer.getEvidence().stream()
                        .map(item -> new EvidenceItemView(
                                item.getId(),
                                Words.of(item.getKind()),
                                item.getText(),
                                Words.millis(item.getAt()),
                                item.getRefs().stream().map(Words::of).toList()))
                        .toList(),
                answer.getSkills().stream()
                        .map(skill -> new SkillView(
                                skill.getName(),
                                skill.getOrigin(),
                                skill.getDigest(),
                                skill.getEvidenceId(),
                                skill.getChanged()))
                        .toList(),
                answer.getLooks().stream()
                        .map(look -> new LookView(
                                look.getTool(),
                                look.getArguments(),
                                List.copyOf(look.getEvidenceIds()),
                                look.getMillis(),
                                look.getOutcome()))
                        .toList(),
                answer.getLessons().stream()
                        .map(lesson ->
                                new LessonView(lesson.getLessonKey(), lesson.getEffect(), lesson.getEvidenceId()))
                        .toList(),
                answer.getModelCalls().stream()
                        .map(call -> new CallView(
                                call.getProvider(),
                                call.getModel(),
                                call.getParameters(),
                                call.getInputTokens(),
                                call.getOutputTokens(),
                                call.getCostMicros(),
                                call.getMillis(),
                                call.getOutcome(),
                                call.getPromptDigest(),
                                call.getAnswerDigest()))
                        .toList(),
                List.copyOf(answer.getRankerTop()),
                answer.getDisagreement(),
                answer.getGroundedShare(),
                answer.getDroppedClaims(),
                answer.getPackDigest());
    }

    /** Tokens, money and time of all calls together. */
    public Map<String, Long> spent() {
        return Map.of(
                "tokens",
                        calls.stream()
                                .mapToLong(call -> call.inputTokens() + call.outputTokens())
                                .sum(),
                "costMicros", calls.stream().mapToLong(CallView::costMicros).sum(),
                "millis", calls.stream().mapToLong(CallView::millis).sum());
    }
}
