package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.DetectSettings;
import io.nightshift.detect.openslo.OpenSloFiles;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.runtime.inventory.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectivesTest {

    private static final String SLO = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: %s}
            spec:
              service: demo/shop/orders
              indicator: {spec: {ratioMetric: {good: {metricSource: {type: nightshift, spec: {%s}}},
                                               total: {metricSource: {type: nightshift, spec: {%s}}}}}}
              timeWindow: [{duration: 1h, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.99}]
            ---
            """;

    @TempDir
    Path folder;

    @Test
    void failuresOfServedSpansBurnTheBudgetAndTicksEndTheAlert() throws IOException {
        try (House house = house(SLO.formatted("orders-availability", "spans: {status: ok}", "spans: {}"))) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            house.live(shop, 120);
            shop.inventoryFailures = 0.5;
            house.live(shop, 20);
            assertThat(burns(house)).first().satisfies(opened -> {
                assertThat(opened.getPhase()).isEqualTo(AnomalyPhase.OPEN);
                assertThat(opened.getSubject().getService()).isEqualTo("orders");
                assertThat(opened.getSlo().getObjective()).isEqualTo("orders-availability");
                assertThat(opened.getSentence()).contains("orders's availability budget burns", "times too fast");
            });
            assertThat(house.incidents).anyMatch(incident -> incident.getPages());
            house.silence(500);
            assertThat(burns(house)).last().extracting(Anomaly::getPhase).isEqualTo(AnomalyPhase.CLEAR);
        }
    }

    @Test
    void attributesChooseTheGoodEventsOfAMetric() throws IOException {
        String slo = SLO.formatted("orders-answers", "metric: answers, attributes: {code: '!5*'}", "metric: answers");
        try (House house = house(slo)) {
            house.tick();
            for (int second = 1; second < 400; second++) {
                answers(house, 100L * second, second < 300 ? 0 : 40L * (second - 300));
                house.tick();
                if (second == 299) {
                    assertThat(burns(house)).isEmpty();
                }
            }
            assertThat(burns(house)).isNotEmpty();
            assertThat(burns(house).get(0).getSlo().getBurnRateShort()).isGreaterThan(14.4);
        }
    }

    @Test
    void aMetricThatNobodySendsIsCountedAfterAWhile() throws IOException {
        try (House house = house(SLO.formatted("orders-none", "metric: nothing", "metric: nothing"))) {
            house.live(new Shop(House.START - 600 * House.SECOND), 2);
            house.silence(905);
            assertThat(house.tallies).containsEntry("objectives-without-telemetry", 1);
            assertThat(burns(house)).isEmpty();
        }
    }

    private static void answers(House house, long good, long bad) {
        house.send(MetricBatch.newBuilder()
                .setResource(Shop.resource("orders", "orders-1", 1))
                .setSeries(List.of(counter(house, "200", good), counter(house, "500", bad)))
                .build());
    }

    private static MetricSeries counter(House house, String code, long value) {
        return MetricSeries.newBuilder(Shop.level("answers", "1", Map.of("code", code), house.now, value))
                .setKind(MetricKind.CUMULATIVE_SUM)
                .setMonotonic(true)
                .setStartTimesMicros(List.of(1L))
                .build();
    }

    private static List<Anomaly> burns(House house) {
        return house.anomalies.stream()
                .filter(anomaly -> anomaly.getKind() == AnomalyKind.BURN_RATE)
                .toList();
    }

    private House house(String slo) throws IOException {
        Path file = Files.writeString(folder.resolve("slo.yaml"), slo);
        DetectSettings defaults = DetectSettings.defaults();
        return new House(
                folder,
                new DetectSettings(
                        defaults.reporting(),
                        defaults.correlation(),
                        defaults.addresses(),
                        OpenSloFiles.read(List.of(file), Inventory.empty()),
                        defaults.forecasts()));
    }
}
