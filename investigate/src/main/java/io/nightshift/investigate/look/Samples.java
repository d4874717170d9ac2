package io.nightshift.investigate.look;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Series of numbers as Prometheus and Loki answer them: {@code {"metric": labels, "value": [seconds, "1"]}} or {@code "values"}.
 * Those that moved most stand first.
 */
final class Samples {

    private Samples() {}

    static void write(JsonNode data, Lines lines) {
        JsonNode result = data.path("result");
        if (data.path("resultType").asText().equals("scalar")
                || data.path("resultType").asText().equals("string")) {
            lines.add(result.path(1).asText() + " at " + time(result.path(0)));
            return;
        }
        List<Course> all = new ArrayList<>();
        for (JsonNode one : result) {
            List<Double> values = new ArrayList<>();
            JsonNode pairs = one.has("values") ? one.path("values") : one.path("value");
            boolean single = !one.has("values");
            if (single) {
                values.add(number(pairs.path(1)));
            } else {
                pairs.forEach(pair -> values.add(number(pair.path(1))));
            }
            if (!values.isEmpty()) {
                JsonNode first = single ? pairs : pairs.path(0);
                JsonNode last = single ? pairs : pairs.path(pairs.size() - 1);
                all.add(new Course(labels(one.path("metric")), values, time(first.path(0)), time(last.path(0))));
            }
        }
        all.sort(Comparator.comparingDouble((Course series) -> -series.movement()));
        all.forEach(series -> lines.add(series.line()));
    }

    /** Labels as in a query: {@code up{job="shop"}}. */
    static String labels(JsonNode labels) {
        List<String> pairs = new ArrayList<>();
        labels.properties().forEach(label -> {
            if (!label.getKey().equals("__name__")) {
                pairs.add(label.getKey() + "=\"" + label.getValue().asText() + "\"");
            }
        });
        return labels.path("__name__").asText() + "{" + String.join(", ", pairs) + "}";
    }

    private static double number(JsonNode value) {
        String text = value.asText();
        try {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Instant time(JsonNode seconds) {
        return Instant.ofEpochMilli(Math.round(seconds.asDouble() * 1000));
    }
}
