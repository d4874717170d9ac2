package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SeverityTest {

    private static final long MINUTE = 60_000_000;
    private static final int DAY = 1_440;

    @Test
    void anOrdinaryDayIsAboutOneAndASpikeFarAbove() {
        double[] severities = severities(wave(10 * DAY), x -> x);
        double sum = 0;
        for (int i = 9 * DAY; i < 10 * DAY; i++) {
            sum += severities[i];
        }
        assertThat(sum / DAY).isBetween(0.4, 1.5);

        double[] spiked = wave(10 * DAY);
        spiked[9 * DAY + 700] += 20;
        assertThat(severities(spiked, x -> x)[9 * DAY + 700]).isGreaterThan(8);
    }

    @Test
    void aSmallShiftThatStaysGrowsMoreUnusual() {
        double[] shifted = wave(10 * DAY);
        for (int i = 9 * DAY + 700; i < 9 * DAY + 800; i++) {
            shifted[i] += 1.5;
        }
        double[] severities = severities(shifted, x -> x);
        assertThat(severities[9 * DAY + 740]).isGreaterThan(2 * severities[9 * DAY + 690]);
    }

    @Test
    void nothingIsSaidWhileWarmingUpNorOfAConstant() {
        double[] severities = severities(new double[300], x -> x);
        assertThat(severities).containsOnly(0);
        assertThat(severities(wave(100), x -> x)).containsOnly(0);
    }

    @Test
    void theFirstMoveOfAConstantIsTheMostUnusualAndNotForEver() {
        double[] values = new double[DAY];
        for (int i = 500; i < DAY; i += 3) {
            values[i] = 1;
        }
        double[] severities = severities(values, x -> x);
        assertThat(severities[500]).isGreaterThan(0.9 * Severity.CAP);
        assertThat(severities[DAY - 1]).isLessThan(Severity.CAP / 4);
    }

    @Test
    void scaleOffsetAndSignMakeNoDifference() {
        double[] values = wave(3 * DAY);
        values[2 * DAY + 100] += 12;
        double[] plain = severities(values, x -> x);
        same(plain, severities(values, x -> x * 1e6), 1e-2);
        same(plain, severities(values, x -> x * 1e-6), 1e-2);
        same(plain, severities(values, x -> -x), 1e-2);
        // A float keeps 24 bits of the distance from the first value, however far away that is.
        same(plain, severities(values, x -> x + 1e6), 5e-2);
    }

    @Test
    void timesThatRepeatOrGoBackDoNoHarm() {
        SeriesDetector detector = new SeriesDetector();
        Random random = new Random(4);
        for (int i = 0; i < 3_000; i++) {
            detector.accept((i / 2 - (i % 7)) * MINUTE, random.nextGaussian());
            assertThat(Severity.of(detector)).isBetween(0.0, Severity.CAP);
        }
    }

    @Test
    void goesOnAfterARestartAsIfNothingHadBeen() {
        double[] values = wave(3 * DAY);
        SeriesDetector detector = new SeriesDetector();
        for (int i = 0; i < 2 * DAY; i++) {
            detector.accept(i * MINUTE, values[i]);
            Severity.of(detector);
        }
        StateWriter out = new StateWriter();
        detector.write(out);
        StateReader in = new StateReader(out.toBytes());
        SeriesDetector readDetector = new SeriesDetector();
        readDetector.read(in);
        for (int i = 2 * DAY; i < 3 * DAY; i++) {
            detector.accept(i * MINUTE, values[i]);
            readDetector.accept(i * MINUTE, values[i]);
            assertThat(Severity.of(readDetector)).isEqualTo(Severity.of(detector));
        }
    }

    private static void same(double[] expected, double[] actual, double relative) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("point " + i).isEqualTo(expected[i], within(relative * (1 + expected[i])));
        }
    }

    private static double[] severities(double[] values, DoubleUnaryOperator as) {
        SeriesDetector detector = new SeriesDetector();
        double[] severities = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            detector.accept(i * MINUTE, as.applyAsDouble(values[i]));
            severities[i] = Severity.of(detector);
        }
        return severities;
    }

    private static double[] wave(int points) {
        Random random = new Random(1);
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            values[i] = 10 + 3 * Math.sin(2 * Math.PI * i / DAY) + random.nextGaussian();
        }
        return values;
    }
}
