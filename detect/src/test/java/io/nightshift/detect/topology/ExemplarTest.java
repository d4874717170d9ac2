package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.ExemplarTrace;
import io.nightshift.events.PathStep;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExemplarTest {

    @TempDir
    Path folder;

    @Test
    void aSlowServiceShowsACallWithWhereItsTimeWent() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            house.live(shop, 60);
            shop.inventoryLatencyMicros = 900_000;
            house.live(shop, 30);
            Anomaly slow = house.anomalies.stream()
                    .filter(anomaly -> anomaly.getKind() == AnomalyKind.LATENCY
                            && anomaly.getSubject().getService().equals("orders")
                            && anomaly.getSubject().getInstance() == null
                            && anomaly.getSubject().getPeer() == null)
                    .findFirst()
                    .orElseThrow();
            assertThat(slow.getCalls().getExemplars()).isNotEmpty().hasSizeLessThanOrEqualTo(2);
            ExemplarTrace exemplar = slow.getCalls().getExemplars().get(0);
            assertThat(slow.getCalls().getExemplarTraceIds()).contains(exemplar.getTraceId());
            assertThat(exemplar.getDurationMillis()).isGreaterThan(900);
            assertThat(exemplar.getPath().stream()
                            .mapToDouble(PathStep::getMillis)
                            .sum())
                    .isCloseTo(exemplar.getDurationMillis(), within(1e-6));
            PathStep longest = exemplar.getPath().stream()
                    .max((a, b) -> Double.compare(a.getMillis(), b.getMillis()))
                    .orElseThrow();
            assertThat(longest.getService())
                    .as("inventory shares the partition, so that its spans are at hand")
                    .isEqualTo("demo/shop/inventory");
        }
    }
}
