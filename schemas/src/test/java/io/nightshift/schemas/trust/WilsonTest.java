package io.nightshift.schemas.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WilsonTest {

    @Test
    void nothingSeenProvesNothing() {
        assertThat(Wilson.lowerBound(0, 0)).isZero();
        assertThat(Wilson.lowerBound(0, 5)).isZero();
    }

    /** Values of the closed form, computed with another program at z = 1.6449. */
    @Test
    void itIsTheScoreInterval() {
        assertThat(Wilson.lowerBound(10, 0)).isEqualTo(0.7870, within(1e-4));
        assertThat(Wilson.lowerBound(8, 2)).isEqualTo(0.5408, within(1e-4));
        assertThat(Wilson.lowerBound(95, 5)).isEqualTo(0.9008, within(1e-4));
    }

    @Test
    void moreGoodRaisesItAndMoreBadLowersItAndItStaysAShare() {
        for (double good = 0.25; good < 40; good += 0.25) {
            for (double bad = 0; bad < 10; bad += 0.25) {
                double bound = Wilson.lowerBound(good, bad);
                assertThat(bound).isBetween(0.0, good / (good + bad));
                assertThat(Wilson.lowerBound(good + 1, bad)).isGreaterThan(bound);
                assertThat(Wilson.lowerBound(good, bad + 1)).isLessThan(bound);
            }
        }
    }
}
