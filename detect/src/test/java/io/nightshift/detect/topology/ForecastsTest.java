package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Incident;
import io.nightshift.events.MetricBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastsTest {

    private static final Map<String, String> POOL =
            Map.of("jvm.memory.pool.name", "Tenured Gen", "jvm.memory.type", "heap");

    @TempDir
    Path folder;

    @Test
    void aSlowLeakIsForetoldWithoutWakingAnybodyPagesWhenItIsNearAndEndsWithTheProcess() {
        try (House house = new House(folder)) {
            double share = 0.3;
            while (share < 0.8) {
                heap(house, share, 1);
                share += 0.6 / 360;
            }
            Anomaly foretold = house.anomalies.stream()
                    .filter(a -> a.getKind() == AnomalyKind.EXHAUSTION)
                    .findFirst()
                    .orElseThrow();
            assertThat(foretold.getSubject().getInstance()).isEqualTo("orders-1");
            assertThat(foretold.getForecast().getLimit()).isEqualTo(1000);
            assertThat(foretold.getForecast().getAttributes()).isEqualTo(POOL);
            assertThat(foretold.getForecast().getEarliest())
                    .isBeforeOrEqualTo(foretold.getForecast().getLatest());
            assertThat(foretold.getSentence()).contains("memory Tenured Gen", "will be full in about");
            assertThat(house.incidents)
                    .isNotEmpty()
                    .extracting(Incident::getPages)
                    .doesNotContain(true);

            while (share < 0.93) {
                heap(house, share, 1);
                share += 0.6 / 360;
            }
            assertThat(house.incidents).anyMatch(Incident::getPages);
            assertThat(house.anomalies)
                    .filteredOn(a -> a.getKind() == AnomalyKind.EXHAUSTION && a.getPhase() == AnomalyPhase.OPEN)
                    .hasSize(1);

            heap(house, 0.2, house.now);
            house.tick();
            assertThat(house.anomalies)
                    .filteredOn(a -> a.getKind() == AnomalyKind.EXHAUSTION)
                    .last()
                    .extracting(Anomaly::getPhase)
                    .isEqualTo(AnomalyPhase.CLEAR);
        }
    }

    /** Ten seconds of a process whose collections leave this share of its heap. */
    private static void heap(House house, double share, long started) {
        house.send(MetricBatch.newBuilder()
                .setResource(Shop.resource("orders", "orders-1", started))
                .setSeries(List.of(
                        Shop.level("jvm.memory.limit", "By", POOL, house.now, 1000),
                        Shop.level("jvm.memory.used_after_last_gc", "By", POOL, house.now, 1000 * share)))
                .build());
        house.silence(10);
    }
}
