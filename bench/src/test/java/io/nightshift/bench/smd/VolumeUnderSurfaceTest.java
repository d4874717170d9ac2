package io.nightshift.bench.smd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The values of the small cases were worked out by hand from the paper's definition. */
class VolumeUnderSurfaceTest {

    private static final Offset<Double> EXACTLY = within(1e-12);
    /** Weight of a point one step from a segment under a buffer of two. */
    private static final double NEAR = Math.sqrt(0.5);

    @Test
    void aPerfectScoreHasTheWholeAreaWithoutABuffer() {
        assertThat(VolumeUnderSurface.pr(scores(0, 0, 1, 1, 0, 0), labels(0, 0, 1, 1, 0, 0), 0))
                .isEqualTo(1, EXACTLY);
    }

    @Test
    void aBufferAsksForItsNeighboursToo() {
        // l = 2: (2 + 2 + 2·√½)/2 positives; the first step finds 2 of them, the last all, of 6 predicted.
        double positives = 2 + NEAR;
        double first = 2 / positives;
        double last = (1 - first) * (2 + 2 * NEAR) / 6;
        assertThat(VolumeUnderSurface.pr(scores(0, 0, 1, 1, 0, 0), labels(0, 0, 1, 1, 0, 0), 2))
                .isEqualTo((1 + 1 + first + last) / 3, EXACTLY);
    }

    @Test
    void recallCountsOnlyAsManySegmentsAsWereTouched() {
        // Highest threshold: half of the points in half of the segments at precision 1. Then a false point, which moves
        // no
        // recall; then the rest at precision 2/3.
        assertThat(VolumeUnderSurface.pr(scores(3, 2, 0, 0, 0, 1), labels(1, 0, 0, 0, 0, 1), 0))
                .isEqualTo(0.25 + 0.75 * 2 / 3, EXACTLY);
    }

    @Test
    void segmentsWhoseBuffersMeetAreOne() {
        double apart = 0.25 + 0.75 * 2 / 4;
        double positives = 2 + NEAR;
        double together = 1 / positives + (1 - 1 / positives) * (2 + 2 * NEAR) / 4;
        assertThat(VolumeUnderSurface.pr(scores(1, 0, 0, 0), labels(1, 0, 0, 1), 2))
                .isEqualTo((apart + apart + together) / 3, EXACTLY);
    }

    @Test
    void weightsOfOverlappingBuffersAddUpToOneAtMost() {
        // l = 2: the point between two segments would weigh 2·√½ and weighs 1: three positives of (2 + 3)/2.
        double alone = 0.25 + 0.75 * 2 / 3;
        double buffered = 1 / 2.5 + (1 - 1 / 2.5) * 3 / 3;
        assertThat(VolumeUnderSurface.pr(scores(1, 0, 0), labels(1, 0, 1), 2))
                .isEqualTo((alone + alone + buffered) / 3, EXACTLY);
    }

    @Test
    void aConstantScoreIsWorthTheShareOfPositives() {
        assertThat(VolumeUnderSurface.pr(new double[10], labels(0, 0, 0, 1, 1, 1, 0, 0, 0, 0), 0))
                .isEqualTo(0.3, EXACTLY);
    }

    @Test
    void onlyTheOrderOfTheScoreMatters() {
        Random random = new Random(5);
        double[] scores = random.doubles(2_000).toArray();
        boolean[] labels = someLabels(random, 2_000);
        double[] stretched = Arrays.stream(scores).map(s -> Math.exp(9 * s) - 4).toArray();
        assertThat(VolumeUnderSurface.pr(stretched, labels, 40))
                .isEqualTo(VolumeUnderSurface.pr(scores, labels, 40), EXACTLY);
    }

    @Test
    void agreesWithTheDefinitionReadLiterally() {
        Random random = new Random(11);
        for (int round = 0; round < 5; round++) {
            boolean[] labels = someLabels(random, 400);
            double[] scores = new double[labels.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = Math.rint(8 * random.nextDouble() + (labels[i] ? 3 : 0));
            }
            assertThat(VolumeUnderSurface.pr(scores, labels, 30))
                    .isEqualTo(literally(scores, labels, 30), within(1e-9));
        }
    }

    @Test
    void refusesWhatHasNoAnswer() {
        assertThatThrownBy(() -> VolumeUnderSurface.pr(new double[3], new boolean[3], 0))
                .hasMessageContaining("no point is labelled");
        assertThatThrownBy(() -> VolumeUnderSurface.pr(new double[3], new boolean[2], 0))
                .hasMessageContaining("3 scores for 2 labels");
    }

    @Test
    void thePeriodIsTheOneOfTheAutocorrelation() {
        double[] wave = new double[6_000];
        Random random = new Random(3);
        for (int i = 0; i < wave.length; i++) {
            wave[i] = Math.sin(2 * Math.PI * i / 60) + 0.1 * random.nextGaussian();
        }
        assertThat(Period.of(wave)).isBetween(59, 61);
        assertThat(Period.of(new double[6_000])).isEqualTo(125);
    }

    private static boolean[] someLabels(Random random, int n) {
        boolean[] labels = new boolean[n];
        for (int s = 0; s < 6; s++) {
            int first = random.nextInt(n);
            Arrays.fill(labels, first, Math.min(n, first + 1 + random.nextInt(20)), true);
        }
        return labels;
    }

    private static double literally(double[] scores, boolean[] labels, int longest) {
        int n = labels.length;
        double volume = 0;
        for (int l = 0; l <= longest; l++) {
            double[] range = new double[n];
            for (int i = 0; i < n; i++) {
                range[i] = labels[i] ? 1 : 0;
            }
            for (int s = 0; s < n; s++) {
                boolean first = labels[s] && (s == 0 || !labels[s - 1]);
                boolean last = labels[s] && (s == n - 1 || !labels[s + 1]);
                for (int d = 1; d <= l / 2; d++) {
                    if (first && s - d >= 0) {
                        range[s - d] = Math.min(1, range[s - d] + Math.sqrt(1 - (double) d / l));
                    }
                    if (last && s + d < n) {
                        range[s + d] = Math.min(1, range[s + d] + Math.sqrt(1 - (double) d / l));
                    }
                }
            }
            volume += literalArea(scores, labels, range);
        }
        return volume / (longest + 1);
    }

    private static double literalArea(double[] scores, boolean[] labels, double[] range) {
        int n = labels.length;
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double positives = 0;
        for (int i = 0; i < n; i++) {
            positives += ((labels[i] ? 1 : 0) + range[i]) / 2;
        }
        double area = 0;
        double before = 0;
        for (int k = 0; k < 250; k++) {
            double threshold = sorted[n - 1 - (int) ((double) k * (n - 1) / 249)];
            double truly = 0;
            double predicted = 0;
            int ranges = 0;
            int touched = 0;
            for (int i = 0; i < n; i++) {
                if (range[i] > 0 && (i == 0 || range[i - 1] == 0)) {
                    ranges++;
                    boolean found = false;
                    for (int j = i; j < n && range[j] > 0; j++) {
                        found |= scores[j] >= threshold;
                    }
                    touched += found ? 1 : 0;
                }
                if (scores[i] >= threshold) {
                    predicted++;
                    truly += range[i];
                }
            }
            double recall = Math.min(1, truly / positives) * touched / ranges;
            area += (recall - before) * truly / predicted;
            before = recall;
        }
        return area;
    }

    private static double[] scores(double... scores) {
        return scores;
    }

    private static boolean[] labels(int... ones) {
        boolean[] labels = new boolean[ones.length];
        for (int i = 0; i < ones.length; i++) {
            labels[i] = ones[i] == 1;
        }
        return labels;
    }
}
