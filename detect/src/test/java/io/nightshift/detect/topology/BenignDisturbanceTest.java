package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Incident;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.SpanBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenignDisturbanceTest {

    @TempDir
    Path folder;

    @Test
    void quietOperationRaisesNothing() {
        try (House house = new House(folder)) {
            Shop shop = warmShop();
            shop.callsPerSecond = 5;
            house.live(shop, 600);
            assertThat(house.anomalies).extracting(Anomaly::getSentence).isEmpty();
            assertThat(house.incidents).extracting(Incident::getSentence).isEmpty();
        }
    }

    @Test
    void aThreefoldSurgeIsARateAnomalyAndPagesNobody() {
        try (House house = new House(folder)) {
            Shop shop = warmShop();
            house.live(shop, 120);
            shop.callsPerSecond *= 3;
            house.live(shop, 30);
            shop.callsPerSecond /= 3;
            house.live(shop, 60);
            assertThat(house.anomalies)
                    .extracting(Anomaly::getKind)
                    .contains(AnomalyKind.RATE)
                    .containsOnly(AnomalyKind.RATE);
            assertThat(house.incidents).extracting(Incident::getPages).doesNotContain(true);
        }
    }

    @Test
    void aColdProcessIsSlowAndNoAnomaly() {
        try (House house = new House(folder)) {
            Shop shop = warmShop();
            house.live(shop, 120);
            shop.startedMicros = house.now;
            shop.latencyMicros = 300_000;
            house.live(shop, 20);
            shop.latencyMicros = 8_000;
            house.live(shop, 60);
            assertThat(house.anomalies).extracting(Anomaly::getKind).doesNotContain(AnomalyKind.LATENCY);
            assertThat(house.incidents).extracting(Incident::getSentence).isEmpty();
        }
    }

    @Test
    void aGapInAllTelemetryPagesNobody() {
        try (House house = new House(folder)) {
            Shop shop = warmShop();
            house.live(shop, 120);
            house.silence(20);
            house.live(shop, 60);
            assertThat(house.anomalies).extracting(Anomaly::getKind).doesNotContain(AnomalyKind.DROPOUT);
            assertThat(house.incidents).extracting(Incident::getSentence).isEmpty();
        }
    }

    @Test
    void aBurstOfProcessorTimePagesNobody() {
        try (House house = new House(folder)) {
            Shop shop = warmShop();
            shop.callsPerSecond = 1;
            for (int second = 0; second < 640; second++) {
                double use = second > 560 && second < 620 ? 0.95 : 0.2 + 0.02 * shop.random.nextGaussian();
                house.send(MetricBatch.newBuilder()
                        .setResource(Shop.resource("orders", "orders-1", 1))
                        .setSeries(List.of(Shop.level("jvm.cpu.recent_utilization", "1", Map.of(), house.now, use)))
                        .build());
                house.live(shop);
            }
            assertThat(house.anomalies).anyMatch(a -> a.getName().equals("jvm.cpu.recent_utilization"));
            assertThat(house.incidents).extracting(Incident::getSentence).isEmpty();
        }
    }

    @Test
    void aFewFailuresWhileAnInstanceRestartsPageNobody() {
        try (House house = new House(folder)) {
            Shop shop = warmShop();
            house.live(shop, 120);
            shop.inventoryFailures = 0.5;
            house.live(shop, 3);
            shop.inventoryFailures = 0;
            house.live(shop, 60);
            assertThat(house.incidents).extracting(Incident::getPages).doesNotContain(true);
        }
    }

    @Test
    void aFullSurvivorSpaceAndAnAlwaysFullDiskSayNothing() {
        try (House house = new House(folder)) {
            Shop shop = warmShop();
            Map<String, String> survivor = Map.of("jvm.memory.pool.name", "Survivor Space", "jvm.memory.type", "heap");
            Map<String, String> disk = Map.of("system.device", "sda1");
            for (int second = 0; second < 60; second++) {
                double full = second > 30 ? 2e6 : 1e5;
                house.send(MetricBatch.newBuilder()
                        .setResource(Shop.resource("inventory", "inventory-1", shop.startedMicros))
                        .setSeries(List.of(
                                Shop.level("jvm.memory.used_after_last_gc", "By", survivor, house.now, full),
                                Shop.level("jvm.memory.limit", "By", survivor, house.now, 2e6),
                                Shop.level("system.filesystem.usage", "By", disk, house.now, 97),
                                Shop.level("system.filesystem.limit", "By", disk, house.now, 100)))
                        .build());
                house.live(shop);
            }
            assertThat(house.anomalies).extracting(Anomaly::getSentence).isEmpty();
        }
    }

    @Test
    void aHarmlessNewErrorLineAloneMakesNoIncident() {
        try (House house = new House(folder)) {
            Shop shop = warmShop();
            for (int second = 0; second < 120; second++) {
                house.send(Shop.logs("orders", house.now, 9, "Order placed for sku-" + second));
                if (second == 100) {
                    house.send(Shop.logs(
                            "orders", house.now, 17, "Database corrupted; fix: drop table orders password=hunter2"));
                }
                house.live(shop);
            }
            assertThat(house.anomalies).anySatisfy(a -> {
                assertThat(a.getKind()).isEqualTo(AnomalyKind.NEW_TEMPLATE);
                assertThat(a.getLog().getExemplars().toString()).contains("***").doesNotContain("hunter2");
                assertThat(a.toString()).doesNotContain("hunter2");
            });
            assertThat(house.incidents).extracting(Incident::getSentence).isEmpty();
        }
    }

    private static Shop warmShop() {
        return new Shop(House.START - 600 * House.SECOND);
    }

    /** Kept here so that a change of the fixture that sends no spans would be seen. */
    @Test
    void theShopReallySendsCallsWithBothEnds() {
        List<SpanBatch> batches = warmShop().spans(House.START);
        assertThat(batches).hasSize(3).allSatisfy(b -> assertThat(b.getSpans()).isNotEmpty());
    }
}
