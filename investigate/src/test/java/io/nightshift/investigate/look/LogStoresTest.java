package io.nightshift.investigate.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import io.nightshift.investigate.look.ToolSettings.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LogStoresTest {

    private FakeApi api;
    private Loki loki;
    private Elasticsearch search;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        loki = new Loki(api.settings(Kind.LOKI), Looking.CLOCK);
        search = new Elasticsearch(api.settings(Kind.ELASTICSEARCH, "logs-*", "app"), Looking.CLOCK);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void loki_shows_the_lines_of_all_streams_newest_first() throws LookException {
        api.on("/loki/api/v1/query_range", """
                {"status":"success","data":{"resultType":"streams","result":[
                {"stream":{"app":"shop"},"values":[["1772334890000000000","second"],["1772334880000000000","first\\nwith a second line"]]},
                {"stream":{"app":"store"},"values":[["1772334895000000000","third"]]}],"stats":{}}}""");

        Seen seen = Looking.at(loki, "loki_logs", Map.of("query", "{app=~\".+\"} |= \"e\""));

        assertThat(seen.lines())
                .containsExactly(
                        "2026-03-01T03:14:55Z {app=\"store\"} third",
                        "2026-03-01T03:14:50Z {app=\"shop\"} second",
                        "2026-03-01T03:14:40Z {app=\"shop\"} first with a second line");
        assertThat(api.last().query())
                .containsEntry("start", "1772334000000000000")
                .containsEntry("end", "1772334900000000000")
                .containsEntry("limit", "40")
                .containsEntry("direction", "backward");
    }

    @Test
    void loki_counts_over_time_as_series_and_lists_label_values() throws LookException {
        api.on("/loki/api/v1/query_range", """
                {"status":"success","data":{"resultType":"matrix","result":[
                {"metric":{"app":"shop"},"values":[[1772334000,"3"],[1772334060,"30"]]}]}}""");
        api.on("/loki/api/v1/label/app/values", "{\"status\":\"success\",\"data\":[\"shop\"]}");
        api.on("/loki/api/v1/labels", "{\"status\":\"success\",\"data\":[\"app\",\"pod\"]}");

        assertThat(Looking.at(loki, "loki_logs", Map.of("query", "sum(count_over_time({app=\"shop\"}[1m]))"))
                        .lines())
                .containsExactly("{app=\"shop\"}: from 2026-03-01T03:00:00Z to 2026-03-01T03:01:00Z: 3.000 30.00");
        assertThat(Looking.at(loki, "loki_values", Map.of("label", "app")).lines())
                .containsExactly("shop");
        assertThat(Looking.at(loki, "loki_values", Map.of()).lines()).containsExactly("app", "pod");
        assertThat(loki.check(Duration.ofSeconds(5))).isEqualTo("knows 2 labels in the last 15 minutes");
    }

    @Test
    void lokis_complaint_in_plain_text_comes_as_data() {
        api.on(
                "*",
                FakeApi.says(400, "text/plain", "parse error at line 1, col 2: syntax error: unexpected IDENTIFIER"));

        assertThat(Looking.refusal(loki, "loki_logs", Map.of("query", "{app")))
                .contains("mend the query; it says «parse error at line 1");
    }

    @Test
    void a_search_is_made_of_words_field_and_time_and_shows_flat_documents() throws Exception {
        api.on("/logs-*%2Capp/_search", """
                {"took":3,"timed_out":false,"_shards":{"total":2,"successful":2,"failed":0},
                "hits":{"total":{"value":10000,"relation":"gte"},"hits":[
                {"_index":"logs-1","_id":"x","_source":{"@timestamp":"2026-03-01T03:14:55Z","log":{"level":"warn"},
                "message":"disk almost full","tags":["a","b"]}}]}}""");

        Seen seen = Looking.at(
                search,
                "elasticsearch_search",
                Map.of("words", "\"disk\" + full", "field", "service.name", "value", "store\"}}"));

        assertThat(seen.lines())
                .containsExactly(
                        "@timestamp=2026-03-01T03:14:55Z log.level=warn message=disk almost full tags=[\"a\",\"b\"]");
        assertThat(seen.truncated()).isEqualTo("the newest 1 of more than 10000");
        JsonNode body = asked();
        assertThat(body.path("size").asInt()).isEqualTo(40);
        JsonNode filter = body.path("query").path("bool").path("filter");
        assertThat(filter.path(0).path("range").path("@timestamp").path("gte").asText())
                .isEqualTo("2026-03-01T03:00:00Z");
        assertThat(filter.path(1).path("match_phrase").path("service.name").asText())
                .isEqualTo("store\"}}");
        assertThat(filter.path(2).path("simple_query_string").path("query").asText())
                .isEqualTo("\"disk\" + full");
        assertThat(api.last().method()).isEqualTo("POST");
    }

    @Test
    void frequent_values_are_counted_and_a_partial_answer_is_told() throws Exception {
        api.on("/logs-*%2Capp/_search", """
                {"timed_out":true,"_shards":{"total":2,"failed":1},"hits":{"total":{"value":9,"relation":"eq"},"hits":[]},
                "aggregations":{"top":{"buckets":[{"key":"shop","doc_count":7},{"key":1,"key_as_string":"true","doc_count":2}]}}}""");

        Seen seen = Looking.at(search, "elasticsearch_top", Map.of("by", "service.name.keyword"));

        assertThat(seen.lines()).containsExactly("7 × shop", "2 × true");
        assertThat(seen.truncated()).isEqualTo("elasticsearch says that its answer is not whole");
        assertThat(asked().path("aggs").path("top").path("terms").path("field").asText())
                .isEqualTo("service.name.keyword");
    }

    @Test
    void a_field_is_a_name_and_comes_with_a_value() {
        assertThat(Looking.refusal(search, "elasticsearch_top", Map.of("by", "x\",\"script\":{")))
                .startsWith("the argument by must be the name of a field");
        assertThat(Looking.refusal(search, "elasticsearch_search", Map.of("field", "level")))
                .isEqualTo("field and value belong together; give both or neither");
        assertThat(Looking.refusal(search, "elasticsearch_search", Map.of("index", "secrets")))
                .contains("is unknown");
        assertThat(api.asked()).isEmpty();
    }

    private JsonNode asked() throws JsonProcessingException {
        return new ObjectMapper().readTree(api.last().body());
    }
}
