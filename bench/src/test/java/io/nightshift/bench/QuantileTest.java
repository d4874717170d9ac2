package io.nightshift.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileTest {

    @Test
    void soLargeAShareIsNotAboveIt() {
        double[] hundred = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        assertThat(Quantile.of(hundred, 0.5)).isEqualTo(50);
        assertThat(Quantile.of(hundred, 0.99)).isEqualTo(99);
        assertThat(Quantile.of(hundred, 1)).isEqualTo(100);
        assertThat(Quantile.of(new double[] {7}, 0)).isEqualTo(7);
    }

    @Test
    void ofNothingThereIsNone() {
        assertThat(Quantile.of(new double[0], 0.99)).isNaN();
    }
}
