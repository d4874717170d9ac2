package io.nightshift.bench.rca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CertaintyTest {

    @Test
    void intervals_are_those_of_clopper_and_pearson() {
        assertThat(Certainty.lower(8, 10)).isCloseTo(0.4439, within(1e-4));
        assertThat(Certainty.upper(8, 10)).isCloseTo(0.9748, within(1e-4));
        assertThat(Certainty.lower(0, 10)).isZero();
        assertThat(Certainty.upper(10, 10)).isEqualTo(1);
    }

    @Test
    void a_lone_disagreement_proves_nothing_and_ten_to_none_prove_much() {
        assertThat(Certainty.paired(1, 0)).isEqualTo(1);
        assertThat(Certainty.paired(10, 0)).isCloseTo(0.00195, within(1e-5));
    }
}
