package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HourBinsTest {

    @Test
    void weekendsAreApart() {
        assertThat(hour("2026-11-20T23:59:59Z")).isEqualTo(23);
        assertThat(hour("2026-11-21T00:00:00Z")).isEqualTo(24);
        assertThat(hour("2026-11-22T23:00:00Z")).isEqualTo(47);
        assertThat(hour("2026-11-23T07:30:00Z")).isEqualTo(7);
        assertThat(hour("1969-12-31T23:00:00Z")).isEqualTo(23);
    }

    @Test
    void meanAndDeviationOfAnHourAreThoseOfItsLastPoints() {
        for (double scale : new double[] {1e-6, 1, 1e6}) {
            Random random = new Random(4);
            int[] bins = HourBins.with(HourBins.NONE, 30, false);
            double mean = 0;
            double deviation = 0;
            for (int i = 0; i < 5_000; i++) {
                float x = (float) (scale * (100 + random.nextGaussian()));
                HourBins.learn(bins, 30, x, (float) scale * 0.03f);
                double weight = 1.0 / Math.min(i + 1, 50);
                double distance = x - (i == 0 ? x : mean);
                mean = i == 0 ? x : mean + weight * distance;
                deviation += weight * (Math.abs(distance) - deviation);
            }
            assertThat((double) HourBins.mean(bins, 30)).isCloseTo(mean, within(0.001 * scale));
            assertThat((double) HourBins.deviation(bins, 30)).isCloseTo(deviation, within(0.001 * deviation));
            assertThat(HourBins.count(bins, 30)).isEqualTo(50);
            assertThat(HourBins.count(bins, 29)).isZero();
        }
    }

    @Test
    void aWeekendTakesNoRoomBeforeItIsSeen() {
        int[] weekdays = HourBins.with(HourBins.NONE, 3, false);
        assertThat(weekdays).hasSize(HourBins.HEAD + 48);
        assertThat(HourBins.count(weekdays, 40)).isZero();
        assertThat(HourBins.mean(weekdays, 40)).isZero();
        assertThat(HourBins.with(weekdays, 5, false)).isSameAs(weekdays);
        assertThat(HourBins.with(weekdays, 40, false)).hasSize(HourBins.HEAD + 96);
    }

    @Test
    void aSeriesThatNeverVariedIsExpectedAtEachHourWhereItWas() {
        int[] bins = HourBins.with(HourBins.NONE, 3, true);
        assertThat(HourBins.count(bins, 17)).isEqualTo(HourBins.WARM);
        assertThat(HourBins.mean(bins, 17)).isZero();
    }

    private static int hour(String time) {
        return HourBins.index(Instant.parse(time).toEpochMilli() * 1_000);
    }
}
