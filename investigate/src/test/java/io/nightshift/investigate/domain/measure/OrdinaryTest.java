package io.nightshift.investigate.domain.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrdinaryTest {

    @Test
    void a_kind_that_is_often_noisy_does_not_drown_one_that_is_always_quiet() {
        Ordinary ordinary = Ordinary.of(busyProcessors(40));

        assertThat(ordinary.isPassedBy(window(SignKind.DEVIATION, 0.1))).isTrue();
        assertThat(ordinary.isPassedBy(window(SignKind.CPU, 0.4))).isFalse();
        assertThat(ordinary.isPassedBy(window(SignKind.CPU, 0.6))).isTrue();
    }

    @Test
    void what_is_ordinary_gives_no_confidence_and_takes_none_from_what_is_news() {
        Ordinary ordinary = Ordinary.of(busyProcessors(40));
        Ranked both = new Ranked(List.of(score("broken", SignKind.DEVIATION, 0.5), score("busy", SignKind.CPU, 0.4)));

        assertThat(ordinary.confidence(both)).isEqualTo(1);
        assertThat(ordinary.confidence(window(SignKind.CPU, 0.4))).isZero();
    }

    @Test
    void with_too_few_normal_windows_everything_is_news() {
        Ordinary ordinary = Ordinary.of(busyProcessors(Ordinary.ENOUGH - 1));
        Ranked both = new Ranked(List.of(score("one", SignKind.CPU, 0.3), score("other", SignKind.CPU, 0.3)));

        assertThat(ordinary.isPassedBy(both)).isTrue();
        assertThat(ordinary.confidence(both)).isCloseTo(0.5, within(1e-9));
        assertThat(ordinary.isPassedBy(new Ranked(List.of()))).isFalse();
        assertThat(ordinary.confidence(new Ranked(List.of()))).isZero();
    }

    /** Every fourth window has a burst. */
    private static List<Ranked> busyProcessors(int windows) {
        List<Ranked> all = new ArrayList<>();
        for (int i = 0; i < windows; i++) {
            all.add(i % 4 == 0 ? window(SignKind.CPU, 0.5) : new Ranked(List.of()));
        }
        return all;
    }

    private static Ranked window(SignKind kind, double strength) {
        return new Ranked(List.of(score("any", kind, strength)));
    }

    private static Ranked.Score score(String entity, SignKind kind, double strength) {
        return new Ranked.Score(entity, strength, Map.of(kind, strength));
    }
}
