package io.nightshift.detect.domain.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.events.AnomalyKind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensitivitiesTest {

    private static final String SLOT = "demo/shop/orders|||SPIKE|queue|";
    private static final long DAY = 24 * 3600 * 1_000_000L;
    private static final long NOW = 20_000 * DAY;

    private final Map<String, byte[]> stored = new HashMap<>();
    private final Sensitivities people = restarted();

    @Test
    void withoutOpinionsNothingChanges() {
        assertThat(severity(1.7)).isEqualTo(1.7);
    }

    @Test
    void eachOpinionCountsOncePerAnomalyAndTheLastOneWins() {
        assertThat(say("anm-1", Opinion.NOT_A_PROBLEM, 1)).isTrue();
        assertThat(say("anm-1", Opinion.NOT_A_PROBLEM, 2)).as("said twice").isFalse();
        assertThat(severity(1.5)).isCloseTo(1, within(1e-9));
        assertThat(say("anm-2", Opinion.NOT_A_PROBLEM, 3)).isTrue();
        assertThat(severity(2.25)).isCloseTo(1, within(1e-9));
        assertThat(say("anm-1", Opinion.MISSED, 4)).as("another mind").isTrue();
        assertThat(severity(1.5)).isCloseTo(1.3, within(1e-9));
        assertThat(say("anm-1", Opinion.NOT_A_PROBLEM, 1))
                .as("an old record, written again")
                .isFalse();
    }

    @Test
    void noNumberOfOpinionsMakesBlindOrNervousBeyondItsBound() {
        for (int i = 0; i < 50; i++) {
            say("anm-" + i, Opinion.NOT_A_PROBLEM, i);
        }
        assertThat(severity(20)).isCloseTo(4, within(1e-9));
        for (int i = 50; i < 100; i++) {
            say("anm-" + i, Opinion.MISSED, i);
        }
        assertThat(severity(0.5)).isCloseTo(1, within(1e-9));
        assertThat(stored).hasSize(1).allSatisfy((series, bytes) -> assertThat(bytes.length)
                .isLessThan(1_500));
    }

    @Test
    void harmThatLastsHalfAnHourIsToldWhateverWasSaidAndAHintIsNot() {
        for (int i = 0; i < 10; i++) {
            say("anm-" + i, Opinion.NOT_A_PROBLEM, i);
        }
        double harm = 0;
        double hint = 0;
        for (int seconds = 0; seconds <= 1_800; seconds += 5) {
            long now = NOW + seconds * 1_000_000L;
            harm = severity(people, AnomalyKind.ERRORS, 1.2, now);
            hint = severity(people, AnomalyKind.SPIKE, 1.2, now);
            assertThat(harm).isEqualTo(seconds < 1_800 ? 1.2 / 5 : 1);
        }
        assertThat(hint).isEqualTo(1.2 / 5);
    }

    @Test
    void anOpinionSurvivesARestartAndCountsForNinetyDays() {
        say("anm-1", Opinion.NOT_A_PROBLEM, 0);
        Sensitivities again = restarted();
        assertThat(severity(again, AnomalyKind.SPIKE, 3, NOW)).isEqualTo(2);
        assertThat(severity(again, AnomalyKind.SPIKE, 3, NOW + 91 * DAY)).isEqualTo(3);
        again.time(NOW + 91 * DAY);
        assertThat(stored).isEmpty();
    }

    @Test
    void anOpinionAboutTheFamilyCountsWhereThereIsNoneAboutTheSeries() {
        people.accept(new Feedback("family", "missed@1", Opinion.MISSED, NOW / 1_000));
        Sensitivities again = restarted();
        assertThat(again.threshold(new Concern("series-a", "family"), NOW)).isCloseTo(1 / 1.3, within(1e-9));
        assertThat(again.threshold(new Concern("series-a", null), NOW)).isEqualTo(1);
        again.accept(new Feedback("series-a", "anm-1", Opinion.NOT_A_PROBLEM, NOW / 1_000));
        assertThat(again.threshold(new Concern("series-a", "family"), NOW)).isEqualTo(1.5);
        assertThat(again.threshold(new Concern("series-b", "family"), NOW)).isCloseTo(1 / 1.3, within(1e-9));
    }

    private boolean say(String anomaly, Opinion opinion, int second) {
        return people.accept(new Feedback(Concern.series(SLOT), anomaly, opinion, NOW / 1_000 + second * 1_000L));
    }

    private double severity(double found) {
        return severity(people, AnomalyKind.SPIKE, found, NOW);
    }

    private static double severity(Sensitivities by, AnomalyKind kind, double found, long now) {
        return by.severity(SLOT, () -> Concern.ofSlot(SLOT), kind, found, now);
    }

    private Sensitivities restarted() {
        Sensitivities restarted = new Sensitivities(new Sensitivities.Memory() {
            @Override
            public void keep(String series, Sensitivity sensitivity) {
                stored.put(series, sensitivity.toBytes());
            }

            @Override
            public void forget(String series) {
                stored.remove(series);
            }
        });
        stored.forEach((series, bytes) -> restarted.restore(series, Sensitivity.fromBytes(bytes)));
        return restarted;
    }
}
