package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.RollupCoverage;
import io.nightshift.events.ServiceRollup;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilenceTest {

    @TempDir
    Path folder;

    @Test
    void whenTelemetryStopsTicksAloneRaiseDropoutAndItsReturnEndsTheIncident() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            house.live(shop, 90);
            house.silence(60);
            assertThat(house.anomalies)
                    .filteredOn(a ->
                            a.getKind() == AnomalyKind.DROPOUT && a.getSubject().getInstance() == null)
                    .extracting(a -> a.getSubject().getService())
                    .contains("gateway", "orders", "inventory");
            assertThat(house.incidents).anyMatch(Incident::getPages);
            house.live(shop, 50);
            assertThat(house.incidents.get(house.incidents.size() - 1).getPhase())
                    .isEqualTo(IncidentPhase.RESOLVED);
        }
    }

    @Test
    void silenceIsNoRecoveryOfAFullResourceButItsAnomalyEndsByTicksInTheEnd() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            house.live(shop, 60);
            shop.heapShare = 0.97;
            house.live(shop, 12);
            assertThat(house.anomalies).anyMatch(a -> a.getKind() == AnomalyKind.SATURATION);
            house.silence(60);
            assertThat(house.anomalies)
                    .noneMatch(a -> a.getKind() == AnomalyKind.SATURATION && a.getPhase() == AnomalyPhase.CLEAR);
            house.silence(90);
            assertThat(house.anomalies)
                    .anyMatch(a -> a.getKind() == AnomalyKind.SATURATION && a.getPhase() == AnomalyPhase.CLEAR);
        }
    }

    @Test
    void eachServiceHasARollupPerMinuteWithCallsAndLimits() {
        try (House house = new House(folder)) {
            house.live(new Shop(House.START - 600 * House.SECOND), 130);
            ServiceRollup inventory = house.rollups.stream()
                    .filter(r -> r.getService().getService().equals("inventory"))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            assertThat(inventory.getCalls()).anyMatch(c -> c.getCount() > 1_000 && c.getPeer() == null);
            assertThat(inventory.getSeries()).anySatisfy(s -> {
                assertThat(s.getName()).isEqualTo("jvm.memory.used_after_last_gc");
                assertThat(s.getLimit()).isNotNull();
            });
            assertThat(house.graph)
                    .anyMatch(e -> "demo/shop/inventory".equals(e.getSubject().getPeer())
                            && e.getSubject().getService().equals("orders"))
                    .anyMatch(e ->
                            e.getSubject().getPeer() == null && e.getInstances().contains("inventory-2"));
        }
    }

    @Test
    void aRollupSaysHowMuchOfTheServiceIsJudgedAndForHowLongTheRestIsSilent() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            house.live(shop, 130);
            RollupCoverage young = last(house, "inventory").getCoverage();
            assertThat(young.getSilent()).isEqualTo(young.getSeries()).isPositive();
            // A point each five seconds is judged, of one series each ten.
            assertThat(young.getSilentPoints()).isBetween(70, 90);
            assertThat(young.getSilentSeconds()).isBetween(5L * young.getSilentPoints(), 15L * young.getSilentPoints());

            house.live(shop, 1_000);
            RollupCoverage old = last(house, "inventory").getCoverage();
            assertThat(old.getSilent()).isZero();
            assertThat(old.getLearning()).as("known for minutes").isEqualTo(young.getSeries());
            assertThat(old.getSilentSeconds()).isZero();
        }
    }

    private static ServiceRollup last(House house, String service) {
        return house.rollups.stream()
                .filter(rollup -> rollup.getService().getService().equals(service))
                .reduce((a, b) -> b)
                .orElseThrow();
    }
}
