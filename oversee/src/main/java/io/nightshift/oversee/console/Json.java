package io.nightshift.oversee.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Views out, flat objects in. */
final class Json {

    private static final int DEEPEST = 8;
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    }

    private Json() {}

    static void answer(Context request, Object view) {
        request.contentType("application/json").result(text(view));
    }

    static String text(Object view) {
        try {
            return MAPPER.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a view can't be written as JSON", e);
        }
    }

    /** The request's body as an object. */
    static JsonNode body(Context request) {
        String type = request.contentType();
        if (type == null || !type.startsWith("application/json")) {
            throw new Refusal(415, "the body must be application/json");
        }
        try {
            JsonNode body = MAPPER.readTree(request.bodyAsBytes());
            if (body == null || !body.isObject()) {
                throw new Refusal(400, "the body must be a JSON object");
            }
            return body;
        } catch (IOException e) {
            throw new Refusal(400, "the body is not JSON");
        }
    }

    /** A text of the body, at most this long; empty when absent. */
    static String text(JsonNode body, String field, int longest) {
        JsonNode value = body.get(field);
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new Refusal(400, "'" + field + "' must be a text");
        }
        String text = value.textValue();
        if (text.length() > longest) {
            throw new Refusal(400, "'" + field + "' is longer than " + longest + " characters");
        }
        return text;
    }
}
