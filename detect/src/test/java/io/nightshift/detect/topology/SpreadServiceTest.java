package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.SpanBatch;
import io.nightshift.schemas.ServiceKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A busy service is spread over sub-keys: a task sees some of its instances, and must not speak for all. */
class SpreadServiceTest {

    @TempDir
    Path folder;

    @Test
    void whatATaskSaysOfASpreadServiceItSaysOfAPartAndOfAnInstanceAsEver() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            live(house, shop, 60);
            shop.inventoryFailures = 0.6;
            live(house, shop, 20);
            house.silence(60);
            assertThat(sentence(house, AnomalyKind.ERRORS, false)).startsWith("Requests to a part of orders: ");
            assertThat(sentence(house, AnomalyKind.ERRORS, true)).startsWith("Requests to orders at orders-1: ");
            assertThat(sentence(house, AnomalyKind.DROPOUT, false)).startsWith("Every instance of a part of orders ");
            assertThat(sentence(house, AnomalyKind.DROPOUT, true)).startsWith("orders-1 sends nothing");
        }
    }

    private static void live(House house, Shop shop, int seconds) {
        for (int second = 0; second < seconds; second++) {
            for (SpanBatch batch : shop.spans(house.now + House.SECOND / 2)) {
                ServiceKey service = ServiceKey.of(batch.getResource());
                house.pipe(
                        house.topics.spans(), service.spread(batch.getResource().getInstance(), 8), batch);
            }
            house.tick();
        }
    }

    private static String sentence(House house, AnomalyKind kind, boolean ofInstance) {
        return house.anomalies.stream()
                .filter(anomaly -> anomaly.getKind() == kind
                        && anomaly.getSubject().getService().equals("orders")
                        && anomaly.getSubject().getPeer() == null
                        && (anomaly.getSubject().getInstance() != null) == ofInstance)
                .map(Anomaly::getSentence)
                .findFirst()
                .orElseThrow();
    }
}
