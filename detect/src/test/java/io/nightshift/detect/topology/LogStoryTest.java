package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Incident;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoryTest {

    @TempDir
    Path folder;

    @Test
    void aHeartbeatInTheLogsThatStopsIsAnAnomalyAndPagesNobody() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            for (int second = 0; second < 520; second++) {
                if (second % 10 == 0 && second < 400) {
                    house.send(Shop.logs("orders", house.now, 9, "Lease of partition 7 renewed until " + second));
                }
                house.live(shop);
            }
            assertThat(house.anomalies)
                    .filteredOn(a -> a.getPhase() == AnomalyPhase.OPEN)
                    .singleElement()
                    .satisfies(a -> {
                        assertThat(a.getKind()).isEqualTo(AnomalyKind.SILENCE);
                        assertThat(a.getSubject().getService()).isEqualTo("orders");
                        assertThat(a.getLog().getTemplate()).isEqualTo("Lease of partition <*> renewed until <*>");
                        assertThat(a.getRefs()).isNotEmpty();
                    });
            assertThat(house.incidents).extracting(Incident::getSentence).isEmpty();
            house.send(Shop.logs("orders", house.now, 9, "Lease of partition 7 renewed until 999"));
            house.live(shop, 10);
            assertThat(house.anomalies).extracting(Anomaly::getPhase).contains(AnomalyPhase.CLEAR);
        }
    }
}
