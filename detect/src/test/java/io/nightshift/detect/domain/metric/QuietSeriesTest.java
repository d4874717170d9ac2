package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuietSeriesTest {

    @Test
    void whiteNoiseRaisesFewAlarms() {
        int alarms = 0;
        Random random = new Random(11);
        for (int series = 0; series < 200; series++) {
            SeriesDetector detector = new SeriesDetector();
            for (int i = 0; i < 1_440; i++) {
                detector.accept(1_800_000_000_000_000L + i * 60_000_000L, 0.2 + 0.01 * random.nextGaussian());
                if (detector.alarm()) {
                    alarms++;
                }
            }
        }
        assertThat(alarms).as("alarms in 200 series-days").isLessThan(20);
    }
}
