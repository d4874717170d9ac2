package io.nightshift.remediate.target;

/**
 * What a target can promise.
 *
 * @param fencing who keeps an older executor from acting
 * @param dryRun what a dry run is worth
 * @param idempotencyKey whether the far side keeps an action id from being done twice
 */
public record Promises(Fencing fencing, DryRun dryRun, boolean idempotencyKey) {

    /** Who keeps an older executor from acting. */
    public enum Fencing {
        /** Only the executors of one host are kept apart, by our own fence. */
        ONE_HOST,
        /** The target itself refuses. */
        TARGET
    }

    /** What a dry run is worth. */
    public enum DryRun {
        /** It says what would be sent. */
        DESCRIBED,
        /** The target itself was asked whether it would take it. */
        ASKED
    }
}
