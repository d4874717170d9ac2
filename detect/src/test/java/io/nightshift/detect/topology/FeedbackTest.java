package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.feedback.Concern;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.signing.SigningKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackTest {

    @TempDir
    Path folder;

    @Test
    void whatAPersonCallsNoProblemEndsAndASilenceStaysDismissedUntilItIsBroken() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            house.live(shop, 60);
            house.silence(60);
            Anomaly dropout = silenceOf(house, "orders").get(0);
            house.say(dropout, Opinion.NOT_A_PROBLEM, House.PERSON);
            house.silence(120);
            assertThat(silenceOf(house, "orders"))
                    .extracting(Anomaly::getPhase)
                    .containsOnlyOnce(AnomalyPhase.CLEAR)
                    .endsWith(AnomalyPhase.CLEAR);
            assertThat(last(silenceOf(house, "orders")).getSentence()).contains("A person said");
            assertThat(last(silenceOf(house, "inventory")).getPhase())
                    .as("of others nothing was said")
                    .isNotEqualTo(AnomalyPhase.CLEAR);

            house.live(shop, 60);
            house.silence(90);
            assertThat(last(silenceOf(house, "orders")).getPhase())
                    .as("heard again, and silent again for longer than half as long again")
                    .isNotEqualTo(AnomalyPhase.CLEAR);
        }
    }

    @Test
    void whatWasMissedIsToldEarlierTheNextTime() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            house.live(shop, 60);
            house.silence(26);
            assertThat(silenceOf(house, "orders")).as("too short a silence").isEmpty();
            house.silence(20);
            Anomaly dropout = silenceOf(house, "orders").get(0);
            house.live(shop, 60);
            house.say(dropout, Opinion.MISSED, House.PERSON);
            house.anomalies.clear();
            house.silence(26);
            assertThat(silenceOf(house, "orders")).extracting(Anomaly::getPhase).containsExactly(AnomalyPhase.OPEN);
            assertThat(silenceOf(house, "inventory")).isEmpty();
        }
    }

    @Test
    void whatNoTrustedPersonSignedChangesNothingAndIsCounted() {
        try (House house = new House(folder)) {
            Shop shop = new Shop(House.START - 600 * House.SECOND);
            house.live(shop, 60);
            house.silence(60);
            house.say(silenceOf(house, "orders").get(0), Opinion.NOT_A_PROBLEM, SigningKey.generate());
            house.silence(20);
            assertThat(last(silenceOf(house, "orders")).getPhase()).isNotEqualTo(AnomalyPhase.CLEAR);
            assertThat(house.tallies)
                    .containsEntry("feedback.untrusted", 1)
                    .doesNotContainKey("feedback.not-a-problem");
        }
    }

    @Test
    void aMetricThatStayedBelowItsThresholdIsToldOnceItWasMissed() {
        try (House house = new House(folder)) {
            house.now = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli() * 1_000;
            Random random = new Random(17);
            int minute = queues(house, 0, 3_600, random);
            house.anomalies.clear();
            minute = oddNoon(house, minute, random);
            assertThat(house.anomalies).as("nothing that is told by itself").isEmpty();

            String family = Concern.family(new ServiceKey("demo", "shop", "orders"), "queue.length");
            for (int times = 0; times < 3; times++) {
                house.say(family + "@" + times, family, Opinion.MISSED, House.PERSON);
            }
            minute = queues(house, minute, 5_040, random);
            house.anomalies.clear();
            oddNoon(house, minute, random);
            house.silence(240);
            List<Anomaly> told = house.anomalies.stream()
                    .filter(anomaly -> anomaly.getName().equals("queue.length"))
                    .toList();
            assertThat(told)
                    .extracting(Anomaly::getPhase)
                    .startsWith(AnomalyPhase.OPEN)
                    .endsWith(AnomalyPhase.CLEAR);
            assertThat(told)
                    .as("of the other service nobody said anything")
                    .allMatch(anomaly -> anomaly.getSubject().getService().equals("orders"))
                    .allMatch(anomaly -> anomaly.getSeverity() >= 1)
                    .allMatch(anomaly -> anomaly.getMetric().getValues().size() >= 20);
        }
    }

    /** Minutes of two services whose queues are as long: twenty from three to four each night. */
    private static int queues(House house, int from, int until, Random random) {
        for (int minute = from; minute < until; minute++) {
            queue(house, random.nextGaussian() + (minute / 60 % 24 == 3 ? 20 : 0));
        }
        return until;
    }

    /** A length that would be usual at three, and twenty minutes after it. */
    private static int oddNoon(House house, int minute, Random random) {
        queue(house, 9);
        return queues(house, minute + 1, minute + 21, random);
    }

    private static void queue(House house, double length) {
        house.now += 59 * House.SECOND;
        for (String service : List.of("orders", "billing")) {
            house.send(MetricBatch.newBuilder()
                    .setResource(Shop.resource(service, service + "-1", House.START))
                    .setSeries(List.of(MetricSeries.newBuilder()
                            .setName("queue.length")
                            .setKind(MetricKind.GAUGE)
                            .setTimesMicros(List.of(house.now))
                            .setValues(List.of(length))
                            .build()))
                    .build());
        }
        house.tick();
    }

    private static List<Anomaly> silenceOf(House house, String service) {
        return house.anomalies.stream()
                .filter(anomaly -> anomaly.getKind() == AnomalyKind.DROPOUT
                        && anomaly.getSubject().getInstance() == null
                        && anomaly.getSubject().getService().equals(service))
                .toList();
    }

    private static Anomaly last(List<Anomaly> anomalies) {
        return anomalies.get(anomalies.size() - 1);
    }
}
