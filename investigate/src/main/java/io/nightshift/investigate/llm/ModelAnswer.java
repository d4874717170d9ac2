package io.nightshift.investigate.llm;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** What a model answered, as it stands there: typed, and not yet believed. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ModelAnswer(List<Cause> hypotheses, Step proposal, String summary) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Cause(String service, String causeClass, double confidence, List<Statement> claims) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Statement(String text, List<String> evidence, boolean against) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Step(String action, String target) {}

    /**
     * Reads the outermost JSON object of an answer; small models like to wrap it in prose or fences.
     *
     * @throws RefusedAnswerException when there is none, or it has another shape
     */
    static ModelAnswer read(String text) {
        int begin = text == null ? -1 : text.indexOf('{');
        int end = text == null ? -1 : text.lastIndexOf('}');
        if (begin < 0 || end < begin) {
            throw RefusedAnswerException.mendable("the answer holds no JSON object");
        }
        try {
            ModelAnswer answer = JSON.readValue(text.substring(begin, end + 1), ModelAnswer.class);
            if (answer.hypotheses() == null || answer.hypotheses().isEmpty()) {
                throw RefusedAnswerException.mendable("the answer holds no hypothesis");
            }
            return answer;
        } catch (JsonProcessingException e) {
            throw RefusedAnswerException.mendable("the answer is not the JSON that was asked for");
        }
    }

    /** The answer can't be used; the message says why. */
    static final class RefusedAnswerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean mendable;

        private RefusedAnswerException(String message, boolean mendable) {
            super(message);
            this.mendable = mendable;
        }

        /** An honest model can make such a mistake, and may try once more. */
        static RefusedAnswerException mendable(String message) {
            return new RefusedAnswerException(message, true);
        }

        /** A model that asks for this is not asked again. */
        static RefusedAnswerException discredited(String message) {
            return new RefusedAnswerException(message, false);
        }

        boolean isMendable() {
            return mendable;
        }
    }
}
