package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.MetricBatch;
import io.nightshift.runtime.Stage;
import io.nightshift.schemas.ServiceKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both applications on a real broker with two partitions, over a restart in the middle of an incident. */
class DetectOnKafkaTest {

    @TempDir
    Path folder;

    @Test
    void anIncidentAcrossPartitionsSurvivesARestartAndEnds() throws Exception {
        try (HouseOnKafka house = new HouseOnKafka(folder)) {
            Shop shop = new Shop(house.now - 600 * House.SECOND);
            house.live(shop, 60);
            shop.heapShare = 0.97;
            shop.collectorShare = 0.7;
            shop.inventoryFailures = 0.6;
            house.live(shop, 30);
            misplace(house, shop);
            List<Stage> first = house.start();
            house.liveUntil(shop, all -> true, () -> house.read(house.topics.incidents()).stream()
                    .anyMatch(DetectOnKafkaTest::isWholeStory));
            first.forEach(Stage::close);
            Incident paged = house.read(house.topics.incidents()).stream()
                    .filter(DetectOnKafkaTest::isWholeStory)
                    .findFirst()
                    .orElseThrow();
            assertThat(house.meters
                            .counter("nightshift.detect", "what", "rerouted")
                            .count())
                    .isEqualTo(1);

            shop.heapShare = 0.3;
            shop.collectorShare = 0.01;
            shop.inventoryFailures = 0;
            house.live(shop, 20);
            List<Stage> second = house.start();
            house.liveUntil(shop, all -> true, () -> house.read(house.topics.incidents()).stream()
                    .anyMatch(incident -> incident.getPhase() == IncidentPhase.RESOLVED
                            && incident.getId().equals(paged.getId())));
            second.forEach(Stage::close);
        }
    }

    private static boolean isWholeStory(Incident incident) {
        return incident.getPages()
                && incident.getServices().containsAll(List.of("demo/shop/orders", "demo/shop/inventory"));
    }

    /** A producer with another partitioner writes where the key does not belong. */
    private static void misplace(HouseOnKafka house, Shop shop) {
        MetricBatch batch = shop.metrics(house.now).get(0);
        ServiceKey key = ServiceKey.of(batch.getResource());
        house.send(house.topics.metrics(), key.toString(), 1 - HouseOnKafka.partitionOf(key), batch);
    }
}
