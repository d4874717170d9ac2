package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.schemas.signing.SigningKey;
import java.nio.file.Path;
import java.util.List;
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
