package io.nightshift.bench.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** By hand, with s(y) = 2 / (1 + e^5y) - 1: s(-1) = .98661, s(-.5) = .84828, s(-.1) = .24492, s(1) = -.98661. */
class NabScoreTest {

    private static final int ROWS = 100;
    /** Rows 40 to 49: ten rows, so that row i of it stands at -(10 - i) / 10. */
    private static final LabelledSeries.Window WINDOW = new LabelledSeries.Window(40, 49);

    @Test
    void nothingSaidIsZeroAndTheLeftEdgeIsAHundred() {
        assertThat(standard().at(1)).isZero();
        assertThat(standard(40).at(1)).isCloseTo(100, within(1e-9));
    }

    @Test
    void laterInTheWindowIsWorthLessAndOnlyTheEarliestCounts() {
        assertThat(standard(45).at(1)).isCloseTo(100 * (1 + 0.84828 / 0.98661) / 2, within(0.001));
        assertThat(standard(49).at(1)).isCloseTo(100 * (1 + 0.24492 / 0.98661) / 2, within(0.001));
        assertThat(standard(45, 46, 49).at(1)).isEqualTo(standard(45).at(1));
    }

    @Test
    void aFalseAlarmCostsItsWeightAndLessJustBehindAWindow() {
        assertThat(standard(20, 40).at(1)).isCloseTo(100 - 100 * 0.11 / 2, within(1e-9));
        assertThat(standard(40, 90).at(1)).isCloseTo(100 - 100 * 0.11 / 2, within(1e-9));
        assertThat(standard(40, 58).at(1)).isCloseTo(100 - 100 * 0.11 * 0.98661 / 2, within(0.001));
        assertThat(standard(20, 21, 40).outside(1)).isEqualTo(2);
    }

    @Test
    void theFirstRowsCountNothing() {
        assertThat(standard(3, 14, 40).at(1)).isCloseTo(100, within(1e-9));
        assertThat(standard(15, 40).at(1)).isLessThan(95);
        assertThat(series(20_000).probation()).isEqualTo(750);
    }

    @Test
    void aMissWeighsTwiceWhereMissesAreWorse() {
        List<Scored> two = List.of(scored(40), scored());
        // Of -4 to 2 it reaches 1 - 2.
        assertThat(new NabScore(two, Profile.LOW_FALSE_NEGATIVES).at(1)).isCloseTo(100 * 3 / 6.0, within(1e-9));
        assertThat(new NabScore(two, Profile.STANDARD).at(1)).isCloseTo(100 * 2 / 4.0, within(1e-9));
    }

    @Test
    void theBestThresholdIsTheSameForAllFiles() {
        double[] low = new double[ROWS];
        low[40] = 0.3;
        double[] high = new double[ROWS];
        high[20] = 0.5;
        high[40] = 0.7;
        List<Scored> two = List.of(new Scored(series(ROWS), low), new Scored(series(ROWS), high));
        // At .7 one window of two is found; at .3 both, beside one false alarm.
        assertThat(new NabScore(two, Profile.STANDARD).best()).isCloseTo(100 * (4 - 0.11) / 4, within(1e-9));
        assertThat(new NabScore(two, Profile.STANDARD).at(0.7)).isCloseTo(50, within(1e-9));
    }

    @Test
    void withoutAnyWindowThereIsNoScore() {
        Scored unlabelled =
                new Scored(new LabelledSeries("a.csv", new long[ROWS], new double[ROWS], List.of()), new double[ROWS]);
        assertThat(new NabScore(List.of(unlabelled), Profile.STANDARD).at(1)).isNaN();
    }

    @Test
    void theNormalTailIsThatOfTheTables() {
        assertThat(WindowedGaussian.tail(0)).isCloseTo(0.5, within(1e-7));
        assertThat(WindowedGaussian.tail(1.959963985)).isCloseTo(0.025, within(1e-8));
        assertThat(WindowedGaussian.tail(6)).isCloseTo(9.865876e-10, within(1e-15));
    }

    private static NabScore standard(int... detections) {
        return new NabScore(List.of(scored(detections)), Profile.STANDARD);
    }

    private static Scored scored(int... detections) {
        double[] scores = new double[ROWS];
        IntStream.of(detections).forEach(row -> scores[row] = 1);
        return new Scored(series(ROWS), scores);
    }

    private static LabelledSeries series(int rows) {
        return new LabelledSeries("a.csv", new long[rows], new double[rows], List.of(WINDOW));
    }
}
