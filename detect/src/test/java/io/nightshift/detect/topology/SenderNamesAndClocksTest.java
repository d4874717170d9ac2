package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.Resource;
import io.nightshift.events.Tick;
import io.nightshift.schemas.ServiceKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What senders call themselves, and what they and the writers of ticks take the time to be. */
class SenderNamesAndClocksTest {

    @TempDir
    Path folder;

    @Test
    void aServiceHasOneNameInGraphAndAnomaliesWhateverItCallsItself() {
        try (House house = new House(folder)) {
            Resource odd = Resource.newBuilder(Shop.resource("a/b~c|d", "e/f|g", 1))
                    .setEnvironment("de/mo|x")
                    .build();
            for (int second = 0; second < 60; second++) {
                metric(house, odd, house.now);
                house.tick();
            }
            house.silence(60);
            List<String> inAnomalies = house.anomalies.stream()
                    .map(anomaly -> ServiceKey.of(anomaly.getSubject()).toString())
                    .distinct()
                    .toList();
            assertThat(inAnomalies).hasSize(1);
            assertThat(house.graph).isNotEmpty().allSatisfy(entry -> {
                assertThat(entry.getSubject().getEnvironment())
                        .isEqualTo(house.anomalies.get(0).getSubject().getEnvironment());
                assertThat(entry.getSubject().getService())
                        .isEqualTo(house.anomalies.get(0).getSubject().getService());
            });
        }
    }

    @Test
    void aSenderWhoseClockIsFastDoesNotLiveOnInSilence() {
        try (House house = new House(folder)) {
            Resource fast = Shop.resource("orders", "orders-1", 1);
            for (int second = 0; second < 60; second++) {
                metric(house, fast, house.now + 50 * 60 * House.SECOND);
                house.tick();
            }
            house.silence(120);
            assertThat(house.anomalies)
                    .filteredOn(anomaly -> anomaly.getKind() == AnomalyKind.DROPOUT)
                    .extracting(anomaly -> anomaly.getSubject().getService())
                    .contains("orders");
        }
    }

    @Test
    void oneFastClockAmongSeveralIngestsMakesNobodySilentOrLate() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            for (int second = 0; second < 90; second++) {
                if (second > 30) {
                    house.pipe(
                            house.topics.ticks(), "0", new Tick(0, house.now, house.now + 3600 * House.SECOND, "fast"));
                }
                house.live(shop);
            }
            assertThat(house.anomalies).extracting(Anomaly::getSentence).isEmpty();
            assertThat(house.deadLetters()).isEmpty();
            assertThat(house.tallies).containsKey("ticks-apart");
        }
    }

    private static void metric(House house, Resource sender, long at) {
        MetricBatch batch = MetricBatch.newBuilder()
                .setResource(sender)
                .setSeries(List.of(Shop.level("a", "1", Map.of(), at, 1)))
                .build();
        house.pipe(house.topics.metrics(), ServiceKey.of(sender).toString(), batch);
    }
}
