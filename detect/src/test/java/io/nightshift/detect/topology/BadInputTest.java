package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.Resource;
import io.nightshift.schemas.ServiceKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {

    @TempDir
    Path folder;

    @Test
    void aMisplacedRecordGoesBackOnceAndThenToTheDeadLetters() {
        try (House house = new House(folder, 4)) {
            String key = keyOfAnotherPartition();
            byte[] bytes =
                    house.topics.metrics().value().serializer().serialize("telemetry.metrics", batch(house, key));
            house.pipeBytes("telemetry.metrics", key.getBytes(StandardCharsets.UTF_8), bytes);
            assertThat(house.tallies).containsEntry("rerouted", 1).containsEntry("dead-letters", 1);
            var dead = house.deadLetters();
            assertThat(dead).hasSize(1);
            assertThat(dead.get(0).value()).isEqualTo(bytes);
            assertThat(header(dead.get(0).headers(), "nightshift.reason")).contains("rerouted once");
        }
    }

    @Test
    void whatCannotBeUsedKeepsItsBytesAndTellsWhy() {
        try (House house = new House(folder)) {
            house.tick();
            house.tick();
            MetricBatch ahead = batch(house, "demo/shop/orders", house.now + 365L * 24 * 3600 * House.SECOND);
            MetricBatch late = batch(house, "demo/shop/orders", house.now - 3600 * House.SECOND);
            MetricBatch foreign = batch(house, "demo/shop/orders", house.now);
            byte[] anyBytes = house.topics.metrics().value().serializer().serialize("telemetry.metrics", foreign);
            house.pipe(house.topics.metrics(), "demo/shop/orders", ahead);
            house.pipe(house.topics.metrics(), "demo/shop/orders", late);
            house.pipe(house.topics.metrics(), "demo/shop/payments", foreign);
            house.pipeBytes("telemetry.metrics", null, anyBytes);
            var dead = house.deadLetters();
            assertThat(dead)
                    .extracting(d -> header(d.headers(), "nightshift.reason"))
                    .satisfiesExactly(
                            r -> assertThat(r).contains("far future"),
                            r -> assertThat(r).contains("late beyond grace"),
                            r -> assertThat(r).contains("does not name the service"),
                            r -> assertThat(r).contains("key is missing"));
            assertThat(dead.get(3).value()).isEqualTo(anyBytes);
            assertThat(dead).allSatisfy(d -> assertThat(new String(d.key(), StandardCharsets.UTF_8))
                    .isEqualTo("telemetry.metrics"));
            house.tick();
        }
    }

    @Test
    void oneBatchAThousandTimesIsOneAnomaly() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            house.live(shop, 60);
            shop.heapShare = 0.97;
            for (int second = 0; second < 20; second++) {
                List<MetricBatch> metrics = shop.metrics(house.now);
                for (int i = 0; i < 50; i++) {
                    metrics.forEach(house::send);
                }
                house.tick();
            }
            assertThat(house.anomalies)
                    .filteredOn(a -> a.getKind() == AnomalyKind.SATURATION && a.getPhase() == AnomalyPhase.OPEN)
                    .hasSize(1);
        }
    }

    @Test
    void twoMebibytesOfLogLineLeaveBoundedAnomalies() {
        try (House house = new House(folder)) {
            for (int second = 0; second < 70; second++) {
                house.send(Shop.logs("orders", house.now, 9, "all is well"));
                house.tick();
            }
            String huge = "Fatal \u001b[31mfailure\u202e " + "\u20ac".repeat(700_000);
            house.send(Shop.logs("orders", house.now, 21, huge, huge, huge + " again"));
            for (int second = 0; second < 10; second++) {
                house.tick();
            }
            assertThat(house.anomalies).isNotEmpty().allSatisfy(a -> {
                byte[] bytes = house.topics.anomalies().value().serializer().serialize("anomalies", a);
                assertThat(bytes.length).isLessThan(16 * 1024);
                assertThat(a.getLog().getTemplate()).doesNotContain("\u001b").doesNotContain("\u202e");
            });
        }
    }

    @Test
    void valuesThatAreNoNumbersAreIgnored() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            for (int second = 0; second < 30; second++) {
                house.send(MetricBatch.newBuilder()
                        .setResource(Shop.resource("orders", "orders-1", 1))
                        .setSeries(List.of(
                                Shop.level("x.used", "1", Map.of(), house.now, Double.NaN),
                                Shop.level("x.limit", "1", Map.of(), house.now, Double.POSITIVE_INFINITY)))
                        .build());
                house.live(shop);
            }
            assertThat(house.anomalies).extracting(Anomaly::getSentence).isEmpty();
        }
    }

    @Test
    void aSenderWithOddOrEndlessNamesHarmsNobodyElse() {
        try (House house = new House(folder)) {
            house.tick();
            Resource odd = Resource.newBuilder(Shop.resource("or@ders~1|x", "one@two", 1))
                    .setEnvironment("demo@eu")
                    .build();
            Resource endless = Resource.newBuilder(Shop.resource("orders", "i".repeat(80 * 1024), 1))
                    .build();
            for (Resource sender : List.of(odd, endless)) {
                MetricBatch batch = MetricBatch.newBuilder()
                        .setResource(sender)
                        .setSeries(List.of(Shop.level("a", "1", Map.of(), house.now, 1)))
                        .build();
                house.pipe(house.topics.metrics(), ServiceKey.of(sender).toString(), batch);
            }
            for (int i = 0; i < 70; i++) {
                house.tick();
            }
            assertThat(house.deadLetters())
                    .extracting(d -> header(d.headers(), "nightshift.reason"))
                    .singleElement()
                    .asString()
                    .contains("longer than 512 bytes");
        }
    }

    private static MetricBatch batch(House house, String key) {
        return batch(house, key, house.now);
    }

    private static MetricBatch batch(House house, String key, long at) {
        return MetricBatch.newBuilder()
                .setResource(Shop.resource(ServiceKey.parse(key).service(), "one", 1))
                .setSeries(List.of(Shop.level("a", "1", Map.of(), at, 1)))
                .build();
    }

    private static String keyOfAnotherPartition() {
        for (int i = 0; ; i++) {
            String key = "demo/shop/service" + i;
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            if (org.apache.kafka.common.utils.Utils.toPositive(org.apache.kafka.common.utils.Utils.murmur2(bytes)) % 4
                    != 0) {
                return key;
            }
        }
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
