package io.nightshift.remediate.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.OptionalDouble;

/** The one JSON object that a state command or probe prints. */
record Reading(JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws TargetException when the text is not one JSON object */
    static Reading parse(String text) throws TargetException {
        try {
            JsonNode node = JSON.readTree(text);
            if (node == null || !node.isObject()) {
                throw new TargetException("it printed no JSON object");
            }
            return new Reading(node);
        } catch (JsonProcessingException e) {
            throw new TargetException("it printed no JSON object", e);
        }
    }

    OptionalDouble number(String field) {
        JsonNode value = json.get(field);
        return value != null && value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    Optional<String> text(String field) {
        JsonNode value = json.get(field);
        return value != null && value.isTextual() && !value.textValue().isEmpty()
                ? Optional.of(value.textValue())
                : Optional.empty();
    }
}
