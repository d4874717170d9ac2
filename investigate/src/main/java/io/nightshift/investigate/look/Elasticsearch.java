package io.nightshift.investigate.look;

import static io.nightshift.investigate.look.Look.optional;
import static io.nightshift.investigate.look.Look.required;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Search in Elasticsearch or OpenSearch. The query's form is ours, made of words, one field's value and a time: what a model
 * writes never becomes JSON, a script or the name of an index.
 *
 * @see <a href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-search">the search API</a>
 */
final class Elasticsearch implements LookSource {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int DOCUMENTS = 100_000;
    private static final int GROUPS = 20;
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_@][A-Za-z0-9_@.-]{0,127}");
    private static final String FIELD_FORM = "the name of a field";

    private final ToolSettings settings;
    private final ReadApi api;
    private final Clock clock;

    Elasticsearch(ToolSettings settings, Clock clock) {
        this.settings = settings;
        this.api = new ReadApi(settings);
        this.clock = clock;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return settings.kind().label();
    }

    @Override
    public List<LookTool> tools() {
        LookTool.Parameter words = optional(
                "words", "words to find: \"a phrase\", + for and, | for or, - for not; default: every document");
        LookTool.Parameter field = optional("field", "name of a field that must hold the value, such as service.name");
        LookTool.Parameter value = optional("value", "value that the field must hold");
        return List.of(
                new Look(
                        name() + "_search",
                        "Documents such as log lines, newest first, by words, a field's value and time",
                        List.of(words, field, value, Window.FROM, Window.TO),
                        this::search),
                new Look(
                        name() + "_top",
                        "The most frequent values of a field among documents, with counts",
                        List.of(
                                required("by", "field to count by; a text field often has a part .keyword for this"),
                                words,
                                field,
                                value,
                                Window.FROM,
                                Window.TO),
                        this::top));
    }

    private Seen search(Arguments arguments, Duration timeLeft) throws LookException {
        ObjectNode body = query(arguments, timeLeft);
        body.put("size", settings.limits().maxLines());
        body.putArray("sort").addObject().putObject(settings.timeField()).put("order", "desc");
        JsonNode answer = ask(body, timeLeft);
        Lines lines = api.lines();
        notes(answer, lines);
        for (JsonNode hit : answer.path("hits").path("hits")) {
            StringBuilder line = new StringBuilder();
            flatten("", hit.path("_source"), line);
            lines.add(line.toString().strip());
        }
        return lines.seen();
    }

    private Seen top(Arguments arguments, Duration timeLeft) throws LookException {
        String by = arguments.matching("by", FIELD, FIELD_FORM).orElseThrow();
        ObjectNode body = query(arguments, timeLeft);
        body.put("size", 0);
        body.putObject("aggs")
                .putObject("top")
                .putObject("terms")
                .put("field", by)
                .put("size", GROUPS);
        JsonNode answer = ask(body, timeLeft);
        Lines lines = api.lines();
        notes(answer, lines);
        for (JsonNode bucket : answer.path("aggregations").path("top").path("buckets")) {
            lines.add(bucket.path("doc_count").asLong() + " × "
                    + bucket.path("key_as_string").asText(bucket.path("key").asText()));
        }
        return lines.seen();
    }

    private ObjectNode query(Arguments arguments, Duration timeLeft) throws LookException {
        Window window = Window.of(arguments, clock, LONGEST);
        Optional<String> field = arguments.matching("field", FIELD, FIELD_FORM);
        Optional<String> value = arguments.optional("value");
        if (field.isPresent() != value.isPresent()) {
            throw new LookException("field and value belong together; give both or neither");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("timeout", api.within(timeLeft).toMillis() + "ms");
        body.put("terminate_after", DOCUMENTS);
        ArrayNode filter = body.putObject("query").putObject("bool").putArray("filter");
        filter.addObject()
                .putObject("range")
                .putObject(settings.timeField())
                .put("gte", window.from().toString())
                .put("lte", window.to().toString())
                .put("format", "strict_date_optional_time");
        if (field.isPresent()) {
            filter.addObject().putObject("match_phrase").put(field.get(), value.orElseThrow());
        }
        arguments.optional("words").ifPresent(words -> filter.addObject()
                .putObject("simple_query_string")
                .put("query", words)
                .put("flags", "AND|OR|NOT|PHRASE|WHITESPACE")
                .put("default_operator", "and"));
        return body;
    }

    private JsonNode ask(ObjectNode body, Duration timeLeft) throws LookException {
        ApiPath path = ApiPath.of(String.join(",", settings.scope()), "_search")
                .with("ignore_unavailable", "true")
                .with("allow_no_indices", "true");
        JsonNode answer = api.search(path, body, timeLeft);
        if (!answer.path("hits").isObject()) {
            throw api.strange();
        }
        return answer;
    }

    private void notes(JsonNode answer, Lines lines) {
        JsonNode total = answer.path("hits").path("total");
        long found = total.isObject() ? total.path("value").asLong() : total.asLong();
        int shown = answer.path("hits").path("hits").size();
        if (shown > 0 && found > shown) {
            lines.note("the newest " + shown + " of "
                    + (total.path("relation").asText().equals("gte") ? "more than " : "") + found);
        }
        if (answer.path("timed_out").asBoolean()
                || answer.path("terminated_early").asBoolean()
                || answer.path("_shards").path("failed").asInt() > 0) {
            lines.note(name() + " says that its answer is not whole");
        }
    }

    /** {@code {"log": {"level": "warn"}}} as {@code log.level=warn}. */
    private static void flatten(String path, JsonNode node, StringBuilder out) {
        if (out.length() > Lines.LONGEST) {
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), out));
        } else {
            String text = node.isValueNode() ? node.asText() : node.toString();
            out.append(' ').append(path).append('=').append(text);
        }
    }

    @Override
    public String check(Duration timeLeft) throws LookException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 0);
        body.put("terminate_after", 1);
        JsonNode answer = ask(body, timeLeft);
        return "searches " + answer.path("_shards").path("total").asInt() + " shards";
    }
}
