package io.nightshift.ingest.door;

import static io.nightshift.ingest.Doors.NOW_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.AlertState;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.events.ExternalAlert;
import io.nightshift.ingest.Doors;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorsTest {
    private static final String EVENT = """
            {"specversion":"1.0","id":"c-1","source":"/pipeline/7","type":"io.nightshift.change.deployment",
             "time":"2026-03-01T02:59:00Z","data":{"environment":"demo","namespace":"shop","service":"inventory",
             "version":"1.5.0","previousVersion":"1.4.0","actor":"ci","summary":"new shelf","attributes":{"n":1}}}
            """;

    private Doors doors;

    @BeforeEach
    void open() {
        doors = Doors.open();
    }

    @AfterEach
    void close() {
        doors.close();
    }

    private HttpResponse<byte[]> post(String path, String body, String... headers) throws Exception {
        return doors.post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private List<ChangeEvent> changes() {
        return doors.sent(doors.topics.changes());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aStructuredCloudEventBecomesAChange() throws Exception {
        HttpResponse<byte[]> answer = post("/v1/changes", EVENT, "Content-Type", "application/cloudevents+json");

        assertThat(answer.statusCode()).isEqualTo(202);
        ChangeEvent change = changes().get(0);
        assertThat(change.getKind()).isEqualTo(ChangeKind.DEPLOYMENT);
        assertThat(change.getService().getService()).isEqualTo("inventory");
        assertThat(change.getVersion()).isEqualTo("1.5.0");
        assertThat(change.getPreviousVersion()).isEqualTo("1.4.0");
        assertThat(change.getTimeMicros()).isEqualTo(NOW_MICROS - 60_000_000);
        assertThat(change.getAttributes()).containsEntry("n", "1");
        assertThat(new String(doors.records("telemetry.changes").get(0).key(), StandardCharsets.UTF_8))
                .isEqualTo("demo/shop/inventory");
    }

    @Test
    void aBatchIsTakenWholeOrNotAtAll() throws Exception {
        String[] batch = {"Content-Type", "application/cloudevents-batch+json"};
        assertThat(post("/v1/changes", "[" + EVENT + "," + EVENT + "]", batch).statusCode())
                .isEqualTo(202);
        assertThat(changes()).hasSize(2);
        doors.producer.clear();

        HttpResponse<byte[]> answer = post(
                "/v1/changes",
                "[" + EVENT + ",{\"specversion\":\"1.0\",\"id\":\"2\",\"source\":\"s\",\"type\":\"t\"}]",
                batch);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("event 1", "data.service");
        assertThat(doors.producer.history()).isEmpty();
    }

    @Test
    void binaryModeReadsTheHeaders() throws Exception {
        HttpResponse<byte[]> answer = post(
                "/v1/changes",
                "{\"kind\":\"feature_flag\"}",
                "Content-Type",
                "application/json",
                "ce-specversion",
                "1.0",
                "ce-id",
                "7",
                "ce-source",
                "/flags%20service",
                "ce-type",
                "com.example.toggled",
                "ce-subject",
                "demo/shop/orders");

        assertThat(answer.statusCode()).isEqualTo(202);
        ChangeEvent change = changes().get(0);
        assertThat(change.getSource()).isEqualTo("/flags service");
        assertThat(change.getKind()).isEqualTo(ChangeKind.FEATURE_FLAG);
        assertThat(change.getService().getService()).isEqualTo("orders");
        assertThat(change.getTimeMicros()).isEqualTo(NOW_MICROS);
    }

    @Test
    void aChangeAYearAheadIsADeadLetterWithItsBytes() throws Exception {
        HttpResponse<byte[]> answer = post(
                "/v1/changes", EVENT.replace("2026-03", "2027-03"), "Content-Type", "application/cloudevents+json");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(text(answer)).contains("\"rejected\":1", "future");
        assertThat(doors.records("telemetry.changes")).isEmpty();
        var letter = doors.records("dead-letters").get(0);
        assertThat(letter.timestamp()).isEqualTo(NOW_MICROS / 1000);
        assertThat(letter.headers().lastHeader("nightshift.reason").value())
                .isEqualTo("far_future".getBytes(StandardCharsets.UTF_8));
        assertThat(doors.topics
                        .changes()
                        .value()
                        .deserializer()
                        .deserialize("telemetry.changes", letter.value())
                        .getId())
                .isEqualTo("c-1");
    }

    @Test
    void whatIsNoCloudEventIsAnsweredWithWhatIs() throws Exception {
        assertThat(text(post("/v1/changes", "{}", "Content-Type", "application/json")))
                .contains("application/cloudevents+json");
        assertThat(post("/v1/changes", "nonsense", "Content-Type", "application/cloudevents+json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(text(post(
                        "/v1/changes",
                        EVENT.replace("02:59:00Z", "two"),
                        "Content-Type",
                        "application/cloudevents+json")))
                .contains("RFC 3339");
        assertThat(doors.producer.history()).isEmpty();
    }

    @Test
    void alertmanagersNotificationBecomesOneRecordAnAlert() throws Exception {
        String body = """
                {"version":"4","status":"firing","externalURL":"http://alerts:9093","alerts":[
                 {"status":"firing","labels":{"alertname":"HighErrors","severity":"page","service":"orders",
                  "namespace":"shop","env":"demo"},"annotations":{"summary":"<script>x</script>"},
                  "startsAt":"2026-03-01T02:00:00+00:00","endsAt":"0001-01-01T00:00:00Z","fingerprint":"ab12"},
                 {"status":"resolved","labels":{"alertname":"Old","job":"store"},
                  "startsAt":"2026-03-01T01:00:00Z","endsAt":"2026-03-01T02:30:00Z","fingerprint":"cd34"}]}
                """;

        assertThat(post("/v1/alerts", body, "Content-Type", "application/json").statusCode())
                .isEqualTo(202);

        List<ExternalAlert> alerts = doors.sent(doors.topics.alerts());
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0).getState()).isEqualTo(AlertState.FIRING);
        assertThat(alerts.get(0).getEndedAtMicros()).isNull();
        assertThat(alerts.get(0).getSubject().getService()).isEqualTo("orders");
        assertThat(alerts.get(0).getSubject().getEnvironment()).isEqualTo("demo");
        assertThat(alerts.get(0).getSource()).isEqualTo("http://alerts:9093");
        assertThat(alerts.get(1).getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(alerts.get(1).getEndedAtMicros()).isEqualTo(NOW_MICROS - 1_800_000_000L);
        assertThat(post("/v1/alerts", "{}", "Content-Type", "application/json").statusCode())
                .isEqualTo(400);
    }
}
