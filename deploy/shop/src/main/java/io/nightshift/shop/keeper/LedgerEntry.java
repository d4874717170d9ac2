package io.nightshift.shop.keeper;

import java.util.List;

/**
 * One line of the keeper's ledger.
 *
 * @param time ISO 8601
 * @param actionId the idempotency key; made up by the keeper where the caller gave none
 * @param token the fencing token, or null for an effect by hand
 * @param verb a {@link Verb}'s word
 * @param target an instance or a service
 * @param actor who asked
 * @param detail in words; at first what the verb was told, such as a version
 * @param before the processes that ran before, known once the effect has ended
 * @param after the processes that run now, known once the effect has ended
 */
public record LedgerEntry(
        String time,
        String actionId,
        Long token,
        String verb,
        String target,
        String actor,
        Outcome outcome,
        String detail,
        List<ProcessId> before,
        List<ProcessId> after) {

    /** What became of a request. Only STARTED has an effect, and one of the two after it tells how that ended. */
    public enum Outcome {
        STARTED(6),
        SUCCEEDED(0),
        FAILED(1),
        NOT_FOUND(3),
        DUPLICATE(4),
        FENCED(5),
        IN_DOUBT(6);

        private final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }

        /** What {@code shopctl} exits with. */
        public int exitCode() {
            return exitCode;
        }

        boolean isEnd() {
            return this == SUCCEEDED || this == FAILED;
        }
    }

    LedgerEntry ended(String when, Outcome how, String words, List<ProcessId> was, List<ProcessId> is) {
        return new LedgerEntry(when, actionId, token, verb, target, actor, how, words, was, is);
    }
}
