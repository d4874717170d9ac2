package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TailTest {

    @Test
    void onNoiseEvidenceIsAboutAsRareAsItIsSaidToBe() {
        double[] claimed = {1e-2, 1e-3};
        int[] seen = new int[claimed.length];
        int points = 0;
        for (int series = 0; series < 40; series++) {
            Random random = new Random(series);
            SeriesDetector detector = new SeriesDetector();
            for (int i = 0; i < 20_000; i++) {
                // Heavy tails: noise that gives evidence now and then.
                double value = random.nextGaussian() * Math.exp(random.nextGaussian());
                detector.accept(1_800_000_000_000_000L + i * 300_000_000L, value);
                if (i < 2_000) {
                    continue;
                }
                points++;
                for (int c = 0; c < claimed.length; c++) {
                    seen[c] += detector.tailProbability() <= claimed[c] ? 1 : 0;
                }
            }
        }
        for (int c = 0; c < claimed.length; c++) {
            assertThat(seen[c] / (double) points)
                    .as("share of points said to be rarer than " + claimed[c])
                    .isBetween(claimed[c] / 4, claimed[c] * 4);
        }
    }

    @Test
    void strongerEvidenceIsRarer() {
        double before = 1;
        for (double evidence = 0.1; evidence < 20; evidence *= 1.3) {
            double now = Tail.probability(evidence, Tail.RATE, Tail.SHAPE);
            assertThat(now).isLessThan(before).isPositive();
            before = now;
        }
        assertThat(Tail.probability(0, Tail.RATE, Tail.SHAPE)).isEqualTo(1);
    }
}
