package io.nightshift.investigate.worker;

import io.nightshift.events.Hypothesis;
import io.nightshift.events.ModelCall;
import io.nightshift.investigate.domain.Answer;
import java.util.List;
import java.util.Optional;

/**
 * What a model made of a diagnosis.
 *
 * @param conclusion its answer, validated; empty when the deterministic one stands
 * @param note why, in words
 * @param calls calls made, also when nothing came of them
 */
public record Reasoning(Optional<Conclusion> conclusion, String note, List<ModelCall> calls) {

    /**
     * A validated answer.
     *
     * @param hypotheses best first, claims without existing evidence dropped
     * @param answer what to do
     * @param groundedShare share of the claims that cite existing evidence, 0 to 1
     * @param sentence the answer in one sentence
     */
    public record Conclusion(List<Hypothesis> hypotheses, Answer answer, double groundedShare, String sentence) {

        public Conclusion {
            hypotheses = List.copyOf(hypotheses);
        }
    }

    public Reasoning {
        calls = List.copyOf(calls);
    }

    public static Reasoning declined(String note) {
        return new Reasoning(Optional.empty(), note, List.of());
    }

    public static Reasoning failed(String note, List<ModelCall> calls) {
        return new Reasoning(Optional.empty(), note, calls);
    }
}
