package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricWordsTest {

    private static final long START = 1_800_000_000_000_000L;
    private static final long FIVE_MINUTES = 300_000_000L;

    @Test
    void unitsAreThoseThatPeopleSay() {
        assertThat(MetricWords.value(410e6, "By")).isEqualTo("410 MB");
        assertThat(MetricWords.value(1.5e3, "By")).isEqualTo("1.50 kB");
        assertThat(MetricWords.value(0, "By")).isEqualTo("0 B");
        assertThat(MetricWords.value(0.0125, "s")).isEqualTo("12.5 ms");
        assertThat(MetricWords.value(2.5e-5, "s")).isEqualTo("25 µs");
        assertThat(MetricWords.value(3, "s")).isEqualTo("3 s");
        assertThat(MetricWords.value(0.954, "1")).isEqualTo("0.95");
        assertThat(MetricWords.value(42, "{thread}")).isEqualTo("42 thread");
        assertThat(MetricWords.value(2_500_000, "{request}/s")).isEqualTo("2.50 M request/s");
        assertThat(MetricWords.value(12.34, "%")).isEqualTo("12.3 %");
    }

    @Test
    void aBandNamesASharedUnitOnce() {
        assertThat(MetricWords.band(180e6, 260e6, "By")).isEqualTo("180–260 MB");
        assertThat(MetricWords.band(900e3, 1.1e6, "By")).isEqualTo("900 kB–1.10 MB");
        assertThat(MetricWords.band(-2, 3, "1")).isEqualTo("-2 to 3");
    }

    @Test
    void aRecordIsSaidWithWhatIsUsualAndHowNewItIs() {
        SeriesDetector detector = new SeriesDetector();
        Random random = new Random(8);
        long time = START;
        for (int i = 0; i < 9 * 288; i++) {
            time = START + i * FIVE_MINUTES;
            detector.accept(time, 220e6 + 5e6 * random.nextGaussian());
        }
        detector.accept(time + FIVE_MINUTES, 410e6);
        assertThat(detector.alarm()).isTrue();
        String said = MetricWords.sentence(
                "orders-1", "heap used", "By", 410e6, detector, detector.up(), (time + FIVE_MINUTES) / 60_000_000);
        assertThat(said)
                .matches(
                        "orders-1: heap used is 410 MB, above the 2\\d\\d–2\\d\\d MB usual at this hour; highest in 9 days\\.");
    }

    @Test
    void stillnessIsToldWithWhatUsuallyMoves() {
        assertThat(MetricWords.still("orders-1", "heap used", "By", 410e6, 2.5e6, 50))
                .isEqualTo("orders-1: heap used stands near 410 MB and has moved less than it ever did for 50 minutes; "
                        + "usually a point differs from the one before by 2.50 MB.");
    }
}
