package io.nightshift.remediate.target;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that can be acted on. It is looked at ({@link #standing}), asked what an effect would do ({@link #dryRun}), and
 * acted on ({@link #perform}); taking an effect back is another effect of the catalogue. What it can promise, it says.
 */
public interface Target {

    /** How an effect ended. */
    enum Outcome {
        DONE,
        FAILED,
        /** A newer executor was here: this one must stop. Nothing was done. */
        FENCED,
        /** It may or may not have happened. */
        UNKNOWN
    }

    /** @param message in words, bounded */
    record Result(Outcome outcome, String message) {}

    /**
     * What a dry run says.
     *
     * @param possible whether nothing is known that would refuse the effect
     * @param message what would happen, or why not; bounded
     */
    record Preview(boolean possible, String message) {}

    /**
     * One effect.
     *
     * @param subject what is acted on: an instance, or a service for what acts on it as a whole
     * @param values of the placeholders, {@code actionId} (the idempotency key) and {@code token} (the fence) among them
     * @param token of the fence
     * @param deadline hard timeout of the effect
     */
    record Effect(String subject, Map<String, String> values, long token, Instant deadline) {

        public Effect {
            values = Map.copyOf(values);
        }
    }

    /** What it can promise. */
    Promises promises();

    /** Says what the effect would do. Changes nothing. */
    Preview dryRun(Effect effect) throws InterruptedException;

    /** Does it; returns by the deadline. */
    Result perform(Effect effect) throws InterruptedException;

    /**
     * How the instance stands now.
     *
     * @param values of the placeholders of what looks
     * @throws TargetException when it can't be told
     */
    Standing standing(Map<String, String> values) throws TargetException, InterruptedException;

    /**
     * What an effect on these would destroy. Asks for nothing yet.
     *
     * @param instances values of the placeholders of what looks, for each instance
     */
    default List<Keepsake> keepsakes(List<Map<String, String>> instances) {
        return List.of();
    }

    /**
     * A text that changes whenever the subject was replaced or restarted.
     *
     * @throws TargetException when it can't be told
     */
    default String stateToken(Map<String, String> values) throws TargetException, InterruptedException {
        return standing(values).stateToken();
    }
}
