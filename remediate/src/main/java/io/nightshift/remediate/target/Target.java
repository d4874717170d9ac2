package io.nightshift.remediate.target;

import java.time.Instant;
import java.util.Map;

/** Something that can be acted on. */
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

    /** Does it; returns by the deadline. */
    Result perform(Effect effect) throws InterruptedException;

    /**
     * A text that changes whenever the subject was replaced or restarted.
     *
     * @throws TargetException when it can't be told
     */
    String stateToken(Map<String, String> values) throws TargetException, InterruptedException;
}
