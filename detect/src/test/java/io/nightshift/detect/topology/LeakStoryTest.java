package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakStoryTest {

    @TempDir
    Path folder;

    @Test
    void aLeakBecomesOneIncidentThatPagesAndEndsAfterTheRepair() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 60 * House.SECOND);
            house.live(shop, 60);
            assertThat(house.anomalies).isEmpty();

            for (int i = 0; i < 40; i++) {
                shop.heapShare = Math.min(0.99, 0.35 + i * 0.02);
                shop.collectorShare = shop.heapShare > 0.85 ? 0.6 : 0.02;
                shop.inventoryLatencyMicros = shop.heapShare > 0.9 ? 800_000 : 0;
                shop.inventoryFailures = shop.heapShare > 0.95 ? 0.5 : 0;
                house.live(shop);
            }
            house.live(shop, 15);
            Incident incident = house.incidents.get(house.incidents.size() - 1);
            assertThat(incident.getPages()).isTrue();
            assertThat(incident.getServices()).contains("demo/shop/gateway", "demo/shop/orders", "demo/shop/inventory");
            assertThat(incident.getAnomalies())
                    .anySatisfy(a -> {
                        assertThat(a.getKind()).isEqualTo(AnomalyKind.SATURATION);
                        assertThat(a.getName()).isEqualTo("jvm.memory.used_after_last_gc");
                        assertThat(a.getSubject().getInstance()).isEqualTo("inventory-1");
                        assertThat(a.getMetric().getLimit()).isNotNull();
                    })
                    .anySatisfy(a -> assertThat(a.getName()).isEqualTo("jvm.gc.duration"))
                    .anySatisfy(a -> {
                        assertThat(a.getKind()).isEqualTo(AnomalyKind.ERRORS);
                        assertThat(a.getSubject().getPeer()).isEqualTo("demo/shop/inventory");
                        assertThat(a.getCalls().getErrorRatioNow()).isGreaterThan(0.2);
                        assertThat(a.getCalls().getExemplarTraceIds()).isNotEmpty();
                    });
            assertThat(house.incidents.stream().map(Incident::getId).distinct()).hasSize(1);

            shop.startedMicros = house.now;
            shop.heapShare = 0.3;
            shop.collectorShare = 0.01;
            shop.inventoryLatencyMicros = 0;
            shop.inventoryFailures = 0;
            house.live(shop, 15);
            assertThat(openKinds(house)).isEmpty();
            house.live(shop, 35);
            Incident last = house.incidents.get(house.incidents.size() - 1);
            assertThat(last.getPhase()).isEqualTo(IncidentPhase.RESOLVED);
            assertThat(last.getId()).isEqualTo(incident.getId());
        }
    }

    private static java.util.List<String> openKinds(House house) {
        java.util.Map<String, Anomaly> latest = new java.util.LinkedHashMap<>();
        house.anomalies.forEach(a -> latest.put(a.getId(), a));
        return latest.values().stream()
                .filter(a -> a.getPhase() != AnomalyPhase.CLEAR)
                .filter(a -> a.getKind() != AnomalyKind.SPIKE && a.getKind() != AnomalyKind.LEVEL_SHIFT)
                .map(Anomaly::getSentence)
                .toList();
    }
}
