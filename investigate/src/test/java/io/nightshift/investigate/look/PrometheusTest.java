package io.nightshift.investigate.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.investigate.look.FakeApi.Asked;
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
class PrometheusTest {

    private FakeApi api;
    private Prometheus prometheus;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
        prometheus = new Prometheus(api.settings(Kind.PROMETHEUS), Looking.CLOCK);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_query_shows_each_series_with_its_value() throws LookException {
        api.on("/api/v1/query", """
                {"status":"success","data":{"resultType":"vector","result":[
                {"metric":{"__name__":"up","job":"shop","instance":"a:1"},"value":[1772334900.123,"1"]},
                {"metric":{"__name__":"up","job":"shop","instance":"b:1"},"value":[1772334900.123,"NaN"]}]}}""");

        Seen seen = Looking.at(prometheus, "prometheus_query", Map.of("query", "up{job=\"shop\"}"));

        assertThat(seen.lines())
                .containsExactly(
                        "up{job=\"shop\", instance=\"a:1\"}: 1.00000 at 2026-03-01T03:15:00.123Z",
                        "up{job=\"shop\", instance=\"b:1\"}: NaN at 2026-03-01T03:15:00.123Z");
        Asked asked = api.last();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.query())
                .containsEntry("query", "up{job=\"shop\"}")
                .containsEntry("time", "1772334900.000")
                .containsEntry("timeout", "10000ms");
    }

    @Test
    void over_a_time_the_series_that_moved_most_comes_first() throws LookException {
        api.on("/api/v1/query_range", """
                {"status":"success","data":{"resultType":"matrix","result":[
                {"metric":{"instance":"calm"},"values":[[1772334000,"5"],[1772334060,"5"],[1772334120,"5"]]},
                {"metric":{"instance":"wild"},"values":[[1772334000,"1"],[1772334060,"7"],[1772334120,"9"]]}]}}""");

        Seen seen = Looking.at(
                prometheus,
                "prometheus_range",
                Map.of("query", "heap", "from", "2026-03-01T03:00:00Z", "to", "2026-03-01T04:00:00+00:00"));

        assertThat(seen.lines())
                .containsExactly(
                        "{instance=\"wild\"}: from 2026-03-01T03:00:00Z to 2026-03-01T03:02:00Z: 1.000 7.000 9.000",
                        "{instance=\"calm\"}: from 2026-03-01T03:00:00Z to 2026-03-01T03:02:00Z: 5.000 5.000 5.000");
        assertThat(api.last().query()).containsEntry("step", "60").containsEntry("start", "1772334000.000");
    }

    @Test
    void a_scalar_series_and_label_values_are_shown_and_warnings_are_told() throws LookException {
        api.on(
                "/api/v1/query",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1772334900,\"42\"]}}");
        api.on("/api/v1/series", """
                {"status":"success","data":[{"__name__":"up","job":"shop"}],"warnings":["results truncated due to limit"]}""");
        api.on("/api/v1/label/job/values", "{\"status\":\"success\",\"data\":[\"shop\",\"node\"]}");

        assertThat(Looking.at(prometheus, "prometheus_query", Map.of("query", "scalar(up)"))
                        .lines())
                .containsExactly("42 at 2026-03-01T03:15:00Z");
        Seen series = Looking.at(prometheus, "prometheus_series", Map.of("match", "{job=\"shop\"}"));
        assertThat(series.lines()).containsExactly("up{job=\"shop\"}");
        assertThat(series.truncated()).isEqualTo("prometheus says that its answer is not whole");
        assertThat(api.last().query()).containsEntry("match[]", "{job=\"shop\"}");
        assertThat(Looking.at(prometheus, "prometheus_values", Map.of("label", "job"))
                        .lines())
                .containsExactly("shop", "node");
    }

    @Test
    void a_query_that_the_server_does_not_understand_comes_back_with_what_it_says_as_data() {
        api.on("/api/v1/query", FakeApi.says(400, "application/json", """
                        {"status":"error","errorType":"bad_data","error":"invalid parameter \\"query\\": 1:4: parse error: <b>"}"""));

        assertThat(Looking.refusal(prometheus, "prometheus_query", Map.of("query", "up{{")))
                .startsWith("prometheus refused the look (400); mend the query; it says «")
                .contains("parse error: ‹b›");
    }

    @Test
    void no_argument_leaves_the_api() {
        for (String label : new String[] {"../../admin", "a/b", "..", "job?x=1", "job%2f..", "a#b", "a\\b"}) {
            assertThat(Looking.refusal(prometheus, "prometheus_values", Map.of("label", label)))
                    .as(label)
                    .startsWith("the argument label must be the name of a label");
        }
        assertThat(api.asked()).isEmpty();

        api.on("*", "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
        assertThat(Looking.refusal(
                        prometheus, "prometheus_query", Map.of("query", "up&query=drop#x /../../y?url=http://other")))
                .isNull();
        assertThat(api.last().path()).isEqualTo("/api/v1/query");
        assertThat(api.last().query()).containsEntry("query", "up&query=drop#x /../../y?url=http://other");
    }

    @Test
    void arguments_that_are_wrong_are_refused_with_the_remedy() {
        assertThat(Looking.refusal(prometheus, "prometheus_query", Map.of()))
                .startsWith("the argument query is missing");
        assertThat(Looking.refusal(prometheus, "prometheus_query", Map.of("query", "x".repeat(2_001))))
                .contains("longer than 2000 characters");
        assertThat(Looking.refusal(prometheus, "prometheus_query", Map.of("query", "up", "host", "evil")))
                .contains("is unknown; this tool takes query, time");
        assertThat(Looking.refusal(prometheus, "prometheus_query", Map.of("query", "up\u0000")))
                .contains("control characters");
        assertThat(Looking.refusal(prometheus, "prometheus_query", Map.of("query", "up", "time", "yesterday")))
                .contains("must be a time such as");
        assertThat(Looking.refusal(
                        prometheus,
                        "prometheus_range",
                        Map.of("query", "up", "from", "2026-03-02T00:00:00Z", "to", "2026-03-01T00:00:00Z")))
                .contains("give from before to");
        assertThat(Looking.refusal(
                        prometheus,
                        "prometheus_range",
                        Map.of("query", "up", "from", "2020-03-01T00:00:00Z", "to", "2026-03-01T00:00:00Z")))
                .contains("ask for less");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void many_series_are_cut_and_counted() throws LookException {
        StringBuilder values = new StringBuilder("\"v0\"");
        for (int i = 1; i < 100; i++) {
            values.append(",\"v").append(i).append('"');
        }
        api.on("/api/v1/label/job/values", "{\"status\":\"success\",\"data\":[" + values + "]}");

        Seen seen = Looking.at(prometheus, "prometheus_values", Map.of("label", "job"));

        assertThat(seen.lines()).hasSize(40);
        assertThat(seen.truncated()).isEqualTo("60 more lines left out");
    }

    @Test
    void a_check_asks_for_a_constant() throws LookException {
        api.on("/api/v1/query", """
                {"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}""");

        assertThat(prometheus.check(Duration.ofSeconds(5))).isEqualTo("answers queries");
        assertThat(api.last().query()).containsEntry("query", "vector(1)");
    }
}
