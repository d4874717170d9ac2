package io.nightshift.investigate.worker;

import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Look;
import io.nightshift.events.ModelCall;
import io.nightshift.investigate.domain.Answer;
import java.util.List;
import java.util.Optional;

/**
 * What a model made of a diagnosis.
 *
 * @param conclusion what is believed of its answer; empty when there is none that could be used
 * @param note why, in words
 * @param trail what was done on the way, also when nothing came of it
 */
public record Reasoning(Optional<Conclusion> conclusion, String note, Trail trail) {

    /**
     * What is believed after a model answered.
     *
     * @param engine whose cause stands first: the model's, also where the ranker agrees, or the ranker's
     * @param hypotheses best first, claims without existing evidence dropped
     * @param answer what to do
     * @param sentence the answer in one sentence
     * @param disagreement how the model's answer differs from the ranker's, or empty
     */
    public record Conclusion(
            Engine engine, List<Hypothesis> hypotheses, Answer answer, String sentence, Optional<String> disagreement) {

        public Conclusion {
            hypotheses = List.copyOf(hypotheses);
        }
    }

    /**
     * How well the model's claims are grounded.
     *
     * @param stated claims that it made
     * @param dropped claims that cite nothing, or not only evidence that exists and was shown, or skills alone
     */
    public record Grounding(int stated, int dropped) {

        public static final Grounding NOTHING_SAID = new Grounding(0, 0);

        /** Share of the claims that stand, 0 to 1; 1 when none was made. */
        public double share() {
            return stated == 0 ? 1 : (double) (stated - dropped) / stated;
        }
    }

    /**
     * @param calls calls of the model, in order
     * @param looks looks that it took, in order
     * @param evidence what the looks added to the pack
     * @param grounding how well the last answer's claims are grounded
     */
    public record Trail(List<ModelCall> calls, List<Look> looks, List<EvidenceItem> evidence, Grounding grounding) {

        public static final Trail NONE = new Trail(List.of(), List.of(), List.of(), Grounding.NOTHING_SAID);

        public Trail {
            calls = List.copyOf(calls);
            looks = List.copyOf(looks);
            evidence = List.copyOf(evidence);
        }
    }

    public static Reasoning declined(String note) {
        return new Reasoning(Optional.empty(), note, Trail.NONE);
    }

    public static Reasoning failed(String note, Trail trail) {
        return new Reasoning(Optional.empty(), note, trail);
    }
}
