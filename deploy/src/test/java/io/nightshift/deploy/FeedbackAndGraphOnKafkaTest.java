package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.detect.domain.feedback.Concern;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.RollupCoverage;
import io.nightshift.events.ServiceRollup;
import io.nightshift.events.Signal;
import io.nightshift.schemas.ServiceKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code feedback}, {@code anomalies}, {@code coverage} and {@code graph} against a Kafka that holds what detect writes. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedbackAndGraphOnKafkaTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path folder;

    private CommandHouse house;

    @Test
    void peopleSayWhatTheyThinkAndAskHowItWas() throws Exception {
        try (CommandHouse opened = new CommandHouse(folder, null)) {
            house = opened;
            feedback();
            graph();
            families();
            coverage();
        }
    }

    private void feedback() throws Exception {
        Anomaly first = anomaly("anm-1", "series-a");
        house.write(house.topics().anomalies(), "demo", first);
        house.write(house.topics().anomalies(), "demo", anomaly("anm-2", "series-b"));
        house.write(house.topics().incidents(), "inc-1", incident(first));

        assertThat(house.command("anomalies").out()).contains("anm-1  OPEN  ERRORS  2.0", "anm-2");
        house.command("feedback", "anm-9", "missed").isUsage("no anomaly or incident 'anm-9'");
        house.command("feedback", "anm-1", "fine")
                .isUsage("'fine' is no verdict", "not-a-problem or missed", "good, bad or false-alarm");
        assertThat(house.command("feedback", "anm-1", "not-a-problem").out())
                .contains("noted: 'not-a-problem' for anm-1");
        assertThat(house.command("feedback", "anm-1", "not-a-problem").out())
                .contains("nothing changes: 'not-a-problem'");
        assertThat(house.command("feedback", "inc-1", "missed").out())
                .contains("'missed' replaces 'not-a-problem', said by")
                .contains("anm-1");
        JsonNode again = house.json("feedback", "anm-1", "missed");
        assertThat(again.at("/anomalies/0/written").asBoolean(true)).isFalse();
        assertThat(again.at("/anomalies/0/series").asText()).isEqualTo("series-a");
    }

    private void coverage() throws Exception {
        assertThat(house.command("coverage").out()).contains("no service sent metrics in the last 15 minutes");
        ServiceRollup rollup = ServiceRollup.newBuilder()
                .setService(new EntityRef("demo", "shop", "orders", null, null))
                .setMinute(NOW.minusSeconds(60).truncatedTo(ChronoUnit.MINUTES))
                .setCoverage(new RollupCoverage(44, 4, 12, 0, 0, 95, 475L))
                .build();
        house.write(house.topics().rollups(), "demo/shop/orders", rollup);
        assertThat(house.command("coverage", "orders").out())
                .contains("demo/shop/orders  40 of 44 metric series are judged, 12 of them for less than a day;"
                        + " 4 are silent for about 8 min (95 points)");
        JsonNode told = house.json("coverage");
        assertThat(told.at("/0/service").asText()).isEqualTo("demo/shop/orders");
        assertThat(told.at("/0/silentPoints").asInt()).isEqualTo(95);
        house.command("coverage", "carts").isUsage("no service 'carts' sent metrics", "demo/shop/orders");
    }

    private void families() throws Exception {
        house.command("feedback", "anm-1", "missed", "--family").isUsage("'anm-1' has no family");
        Anomaly spike = Anomaly.newBuilder(anomaly("anm-3", "series-c"))
                .setSignal(Signal.METRIC)
                .setKind(AnomalyKind.SPIKE)
                .setName("queue")
                .build();
        house.write(house.topics().anomalies(), "demo", spike);
        assertThat(house.command("feedback", "anm-3", "missed", "--family").out())
                .contains("noted: 'missed' for queue of demo/shop/orders, as in anm-3");
        String family = Concern.family(new ServiceKey("demo", "shop", "orders"), "queue");
        assertThat(house.json("feedback", "anm-3", "missed", "--family")
                        .at("/anomalies/0/series")
                        .asText())
                .isEqualTo(family);

        JsonNode neverTold = house.json("feedback", "missed", "--metric", "queue", "--service", "demo/shop/orders");
        assertThat(neverTold.at("/anomalies/0/series").asText()).isEqualTo(family);
        assertThat(neverTold.at("/anomalies/0/written").asBoolean()).isTrue();
        house.command("feedback", "missed", "--metric", "queue", "--service", "demo/shop/none")
                .isUsage("no service 'demo/shop/none' was seen");
        house.command("feedback", "missed", "--metric", "queue").isUsage("--service");
        house.command("feedback", "anm-3", "missed", "--metric", "queue").isUsage("name an ID, or a metric");
    }

    private void graph() throws Exception {
        Instant night = NOW.minus(Duration.ofHours(5));
        house.write(house.topics().topology(), "1", service("orders", night, null, NOW));
        house.write(
                house.topics().topology(), "2", service("cron", night, night.plusSeconds(600), night.plusSeconds(600)));

        JsonNode then = house.json("graph", "--at", night.plusSeconds(60).toString());
        assertThat(then.at("/services").findValuesAsText("service"))
                .containsExactly("demo/shop/cron", "demo/shop/orders");
        JsonNode now = house.json("graph");
        assertThat(now.at("/services").findValuesAsText("service")).containsExactly("demo/shop/orders");
        assertThat(house.command("graph", "--at", night.minusSeconds(60).toString())
                        .out())
                .contains("what is known begins at " + night);
        house.command("graph", "--at", "noon").isUsage("'noon' is no time");
    }

    private static Anomaly anomaly(String id, String series) {
        return Anomaly.newBuilder()
                .setId(id)
                .setSeries(series)
                .setPhase(AnomalyPhase.OPEN)
                .setSubject(new EntityRef("demo", "shop", "orders", null, null))
                .setSignal(Signal.TRACE)
                .setKind(AnomalyKind.ERRORS)
                .setDirection(Direction.UP)
                .setName("errors")
                .setSeverity(2)
                .setOnset(NOW)
                .setDetectedAt(NOW)
                .setUpdatedAt(NOW)
                .setSentence("Requests to orders fail.")
                .build();
    }

    private static Incident incident(Anomaly anomaly) {
        return Incident.newBuilder()
                .setId("inc-1")
                .setVersion(1)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("demo")
                .setFingerprint("fp-1")
                .setOpenedAt(NOW)
                .setOnset(NOW)
                .setUpdatedAt(NOW)
                .setSeverity(2)
                .setPages(false)
                .setAnomalies(List.of(anomaly))
                .setMemberCount(1)
                .setSentence("One anomaly.")
                .build();
    }

    private static GraphEntry service(String name, Instant from, Instant to, Instant lastSeen) {
        return GraphEntry.newBuilder()
                .setSubject(new EntityRef("demo", "shop", name, null, null))
                .setValidFrom(from)
                .setValidTo(to)
                .setLastSeen(lastSeen)
                .build();
    }
}
