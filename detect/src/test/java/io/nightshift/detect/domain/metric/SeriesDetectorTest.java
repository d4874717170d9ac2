package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SeriesDetectorTest {

    private static final long MINUTE = 60_000_000L;
    private static final long START = 1_800_000_000_000_000L;

    @Test
    void aSpikeAndAShiftAreFoundAndNoiseIsNot() {
        List<Integer> alarms = alarms(x -> x);
        assertThat(alarms)
                .contains(3_000)
                .anyMatch(i -> i >= 4_000 && i < 4_100)
                .hasSizeLessThan(12);
        assertThat(alarms).noneMatch(i -> i < 100);
    }

    @Test
    void scaleOffsetAndSignChangeNoDecision() {
        List<Integer> plain = alarms(x -> x);
        assertThat(alarms(x -> x * 1e6)).isEqualTo(plain);
        assertThat(alarms(x -> x * 1e-6)).isEqualTo(plain);
        assertThat(alarms(x -> -x)).isEqualTo(plain);
        assertThat(alarms(x -> x + 1e6)).isEqualTo(plain);
    }

    @Test
    void aSeriesWithMorePointsADayMustConvinceMore() {
        assertThat(heavyTailed(MINUTE)).isLessThan(heavyTailed(5 * MINUTE));
    }

    /** Alarms on the same values, so far apart. */
    private static int heavyTailed(long every) {
        int alarms = 0;
        for (int series = 0; series < 20; series++) {
            SeriesDetector detector = new SeriesDetector();
            Random random = new Random(series);
            for (int i = 0; i < 10_000; i++) {
                detector.accept(START + i * every, random.nextGaussian() / (0.05 + random.nextDouble()));
                alarms += detector.alarm() ? 1 : 0;
            }
        }
        return alarms;
    }

    @Test
    void anAlarmLongAgoIsForgottenAltogether() {
        SeriesDetector detector = new SeriesDetector();
        Random random = new Random(1);
        boolean alarmed = false;
        for (int i = 0; i < 700_000; i++) {
            detector.accept(START + i * MINUTE, i == 3_000 ? 500 : random.nextDouble());
            alarmed |= detector.alarm();
        }
        assertThat(alarmed).isTrue();
        assertThat(detector.habits).contains(0f).isNotSameAs(SeriesMemory.NO_HABITS);
        for (float habit : detector.habits) {
            assertThat(habit == 0 || habit >= Float.MIN_NORMAL).isTrue();
        }
    }

    @Test
    void aConstantSeriesIsSilentAndItsFirstChangeIsNot() {
        SeriesDetector detector = new SeriesDetector();
        for (int i = 0; i < 500; i++) {
            detector.accept(START + i * MINUTE, 5);
            assertThat(detector.alarm()).isFalse();
        }
        boolean seen = false;
        for (int i = 500; i < 540; i++) {
            detector.accept(START + i * MINUTE, 9);
            seen |= detector.alarm();
        }
        assertThat(seen).isTrue();
    }

    @Test
    void aRestartChangesNoScore() {
        SeriesDetector whole = new SeriesDetector();
        SeriesDetector first = new SeriesDetector();
        double[] values = values();
        SeriesDetector second = first;
        for (int i = 0; i < values.length; i++) {
            if (i == 2_500) {
                StateWriter out = new StateWriter();
                first.write(out);
                second = new SeriesDetector();
                second.read(new StateReader(out.toBytes()));
            }
            double expected = whole.accept(START + i * MINUTE, values[i]);
            assertThat(second.accept(START + i * MINUTE, values[i])).isEqualTo(expected);
        }
    }

    private static List<Integer> alarms(DoubleUnaryOperator change) {
        SeriesDetector detector = new SeriesDetector();
        List<Integer> alarms = new ArrayList<>();
        double[] values = values();
        for (int i = 0; i < values.length; i++) {
            detector.accept(START + i * MINUTE, change.applyAsDouble(values[i]));
            if (detector.alarm()) {
                alarms.add(i);
            }
        }
        return alarms;
    }

    /** A daily wave with noise in steps of 1/64 (exact in 32 bits after any of the changes tried), a spike and a shift. */
    private static double[] values() {
        Random random = new Random(3);
        double[] values = new double[5_000];
        for (int i = 0; i < values.length; i++) {
            double wave = 10 * Math.sin(i * 2 * Math.PI / 1_440) + random.nextGaussian();
            double event = i == 3_000 ? 40 : i >= 4_000 ? 30 : 0;
            values[i] = Math.rint((50 + wave + event) * 64) / 64;
        }
        return values;
    }
}
