package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What must not matter to a detector, and kinds of series that must not fool it. Points each five minutes for 28 days. */
class SeriesInvarianceTest {

    private static final long FIVE_MINUTES = 300_000_000L;
    private static final long HOUR = 12 * FIVE_MINUTES;
    private static final long START = 1_800_000_000_000_000L;
    private static final int POINTS = 28 * 288;
    private static final List<Integer> EVENTS = List.of(3_000, 4_500, 6_000, 7_500);

    @Test
    void scaleOffsetSignAndSingleFloatsChangeNoDecision() {
        List<Integer> plain = alarms(x -> x);
        assertThat(plain).hasSizeBetween(4, 20);
        assertThat(alarms(x -> x * 1e6)).isEqualTo(plain);
        assertThat(alarms(x -> x * 1e-6)).isEqualTo(plain);
        assertThat(alarms(x -> -x)).isEqualTo(plain);
        assertThat(alarms(x -> x + 1e6)).isEqualTo(plain);
        assertThat(alarms(x -> (float) x)).isEqualTo(plain);
    }

    @Test
    void roundingALogarithmAndAnotherTimeZoneStillFindTheEvents() {
        assertFindsTheEvents(alarms(Math::rint));
        assertFindsTheEvents(alarms(x -> Math.log(x)));
        assertFindsTheEvents(alarms(values(x -> x), START + 5 * HOUR, 0));
    }

    @Test
    void timesThatStandStillOrGoBackAreBorne() {
        assertFindsTheEvents(alarms(values(x -> x), START, 50));
    }

    @Test
    void aGapOfTwoDaysIsNoAlarm() {
        SeriesDetector detector = new SeriesDetector();
        double[] values = values(x -> x);
        int alarms = 0;
        for (int i = 1_000; i < 2_400; i++) {
            if (i < 1_500 || i >= 1_500 + 576) {
                detector.accept(START + i * FIVE_MINUTES, values[i]);
                alarms += detector.alarm() && i > 1_500 ? 1 : 0;
            }
        }
        assertThat(alarms).isLessThanOrEqualTo(2);
    }

    @Test
    void oneWildValueDullsForDaysAndDoesNotBlindForGood() {
        double[] values = values(x -> x);
        values[2_300] = 1e9;
        values[2_600] = 200;
        List<Integer> alarms = alarms(values, START, 0);
        assertThat(alarms).contains(2_300, 2_600, 6_000).anyMatch(i -> i >= 7_500 && i < 7_540);
    }

    @Test
    void countsOfSomethingRareAreQuietUntilThereAreMany() {
        Random random = new Random(9);
        SeriesDetector detector = new SeriesDetector();
        int alarms = 0;
        for (int i = 0; i < POINTS; i++) {
            detector.accept(START + i * FIVE_MINUTES, random.nextDouble() < 0.02 ? 1 : 0);
            alarms += detector.alarm() ? 1 : 0;
        }
        assertThat(alarms).as("in 28 days").isLessThan(12);
        boolean seen = false;
        for (int i = POINTS; i < POINTS + 3; i++) {
            detector.accept(START + i * FIVE_MINUTES, 25);
            seen |= detector.alarm();
        }
        assertThat(seen).isTrue();
    }

    @Test
    void aShareThatRestsAtItsBoundIsQuiet() {
        Random random = new Random(10);
        SeriesDetector detector = new SeriesDetector();
        int alarms = 0;
        for (int i = 0; i < POINTS; i++) {
            detector.accept(START + i * FIVE_MINUTES, Math.min(1, 0.99 + 0.02 * Math.abs(random.nextGaussian())));
            alarms += detector.alarm() ? 1 : 0;
        }
        assertThat(alarms).as("in 28 days").isLessThan(12);
    }

    @Test
    void aRecordOfLongAgoIsForgotten() {
        Random random = new Random(11);
        SeriesDetector detector = new SeriesDetector();
        for (int i = 0; i < 120_000; i++) {
            detector.accept(START + i * FIVE_MINUTES, random.nextGaussian() + (i == 500 ? 1_000 : 0));
        }
        long time = START + 120_000 * FIVE_MINUTES;
        detector.accept(time, 500);
        assertThat(detector.alarm()).isTrue();
        assertThat(detector.source()).isIn(SeriesDetector.Source.RANGE, SeriesDetector.Source.SEASON);
    }

    @Test
    void anHourlySeriesKnowsItsHoursAfterEightWeekdays() {
        SeriesDetector detector = new SeriesDetector();
        Random random = new Random(12);
        // From a Monday, midnight.
        long monday = 1_800_230_400_000_000L;
        int known = 0;
        for (int hour = 0; hour < 24 * 14; hour++) {
            detector.accept(monday + hour * HOUR, 10 * Math.sin(hour * Math.PI / 12) + random.nextGaussian());
            known = detector.seasonal() && known == 0 ? hour : known;
        }
        // The ninth weekday is the second Thursday: eight were seen before its point came.
        assertThat(known / 24).isEqualTo(10);
    }

    @Test
    void infiniteOrHugeDifferencesDoNotPoisonTheState() {
        SeriesDetector detector = new SeriesDetector();
        for (int i = 0; i < 300; i++) {
            detector.accept(START + i * FIVE_MINUTES, i % 7 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE);
        }
        assertThat(detector.accept(START + 300 * FIVE_MINUTES, 0)).isFinite();
    }

    private static void assertFindsTheEvents(List<Integer> alarms) {
        Set<Integer> found = new TreeSet<>();
        for (int event : EVENTS) {
            if (alarms.stream().anyMatch(i -> i >= event && i < event + 40)) {
                found.add(event);
            }
        }
        assertThat(found).as("of the alarms at " + alarms).hasSameElementsAs(EVENTS);
        assertThat(alarms).hasSizeLessThan(24);
    }

    private static List<Integer> alarms(DoubleUnaryOperator change) {
        return alarms(values(change), START, 0);
    }

    /** @param disorder each so many points one has the time of the one before, and the next comes from an hour ago */
    private static List<Integer> alarms(double[] values, long start, int disorder) {
        SeriesDetector detector = new SeriesDetector();
        List<Integer> alarms = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            long time = start + i * FIVE_MINUTES;
            if (disorder > 0 && i % disorder < 2 && i > 1) {
                time -= i % disorder == 0 ? FIVE_MINUTES : HOUR;
            }
            detector.accept(time, values[i]);
            if (detector.alarm()) {
                alarms.add(i);
            }
        }
        return alarms;
    }

    /** A daily wave, weekends lower, in steps of 1/64 (exact in 32 bits after the changes tried); events of each kind. */
    private static double[] values(DoubleUnaryOperator change) {
        Random random = new Random(3);
        double[] values = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double wave = 10 * Math.sin(i * 2 * Math.PI / 288) + 2 * random.nextGaussian();
            double weekend = i / 288 % 7 >= 5 ? -5 : 0;
            double event = i == 3_000 ? 60 : i >= 4_500 && i < 4_520 ? 40 : i >= 6_000 && i < 6_030 ? -45 : 0;
            event += i >= 7_500 ? 45 : 0;
            values[i] = change.applyAsDouble(Math.rint((100 + wave + weekend + event) * 64) / 64);
        }
        return values;
    }
}
