package io.nightshift.remediate.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Fills the paths and JSON bodies of declared calls. A value becomes part of one path segment or query value, percent-encoded,
 * or part of one JSON text, escaped; it can't become structure.
 */
final class HttpTemplate {

    private static final ObjectMapper JSON = new ObjectMapper();

    private HttpTemplate() {}

    /** @throws IllegalArgumentException when a placeholder has no value, or a value holds what no identifier holds */
    static String path(String template, Map<String, String> values) {
        return fill(template, values, value -> {
            if (value.contains("..")) {
                throw new IllegalArgumentException("a value in a path holds '..'");
            }
            return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        });
    }

    /**
     * @return JSON; empty for an empty body
     * @throws IllegalArgumentException as {@link #path}
     */
    static String body(Map<String, Object> template, Map<String, String> values) {
        if (template.isEmpty()) {
            return "";
        }
        try {
            return JSON.writeValueAsString(filled(template, values));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body can't be written as JSON", e);
        }
    }

    private static Object filled(Object template, Map<String, String> values) {
        if (template instanceof Map<?, ?> map) {
            Map<Object, Object> filled = new LinkedHashMap<>();
            map.forEach((key, value) -> filled.put(key, filled(value, values)));
            return filled;
        }
        if (template instanceof List<?> list) {
            return list.stream().map(item -> filled(item, values)).toList();
        }
        return template instanceof String text ? fill(text, values, UnaryOperator.identity()) : template;
    }

    private static String fill(String template, Map<String, String> values, UnaryOperator<String> encode) {
        return ArgvTemplate.PLACEHOLDER.matcher(template).replaceAll(found -> {
            String value = encode.apply(ArgvTemplate.value(found.group(1), values));
            return java.util.regex.Matcher.quoteReplacement(value);
        });
    }
}
