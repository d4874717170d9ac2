package io.nightshift.oversee.domain.view;

import java.util.List;

/**
 * A question that is about no incident. Times are milliseconds since the epoch.
 *
 * @param text the question, as it was asked
 * @param askedBy who asked last; empty when that was not seen
 * @param askedAt when it was asked last, or null when that was not seen
 * @param sentence the last answer; empty while it is being looked into
 * @param answers oldest first
 */
public record QuestionView(
        String id, String text, String askedBy, Long askedAt, String sentence, List<InvestigationRef> answers) {

    /** When something last happened to it. */
    long latest() {
        long answered = answers.isEmpty() ? 0 : answers.get(answers.size() - 1).finishedAt();
        return Math.max(answered, askedAt == null ? 0 : askedAt);
    }
}
