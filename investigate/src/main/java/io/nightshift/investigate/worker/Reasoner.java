package io.nightshift.investigate.worker;

import io.nightshift.investigate.domain.Diagnosis;
import java.time.Duration;

/** Thinks again about a diagnosis, with a language model. Never throws: what went wrong stands in the answer. */
public interface Reasoner {

    /**
     * @param question a person's question, or null
     * @param timeLeft after which nobody waits for the answer
     */
    Reasoning reason(Diagnosis diagnosis, String question, Duration timeLeft);

    /** For an installation without a model. */
    static Reasoner none() {
        return (diagnosis, question, timeLeft) -> Reasoning.declined("no model configured");
    }
}
