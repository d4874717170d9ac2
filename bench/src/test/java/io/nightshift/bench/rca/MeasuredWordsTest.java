package io.nightshift.bench.rca;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.investigate.domain.measure.Alarms;
import io.nightshift.investigate.domain.measure.Excess;
import io.nightshift.investigate.domain.measure.Gauge;
import io.nightshift.investigate.domain.measure.Measured;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Requests;
import io.nightshift.investigate.domain.measure.Requests.Intervals;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.investigate.domain.measure.Traces;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuredWordsTest {

    private static final double UNKNOWN = Double.NaN;

    private final Observations seen = new Observations(
            Map.of(),
            List.of(new Gauge("a", SignKind.CPU, new double[] {1, 2, 3}, new double[] {1234.5, UNKNOWN})),
            List.of(new Requests(
                    "a",
                    new Intervals(new double[] {100, 900}, new double[] {1, UNKNOWN}, new double[] {0.5, 0.5}),
                    Intervals.NONE,
                    new Intervals(new double[] {200}, new double[] {50}, new double[] {UNKNOWN}))),
            List.of(),
            Traces.NONE,
            Traces.NONE,
            Alarms.NONE);

    @Test
    void figures_stand_before_and_after_with_what_is_unexplained() {
        assertThat(words(SignKind.ERRORS, new Excess(48, 33.33, 1), 12))
                .isEqualTo(
                        "x: failed requests: share 0.01 before, 0.25 now; excess 48, of which 12 are not explained by"
                                + " what it calls, 33.3 standard deviations");
        assertThat(words(SignKind.CPU, new Excess(1232, 7, 1), 1232))
                .isEqualTo("x: processor use: median 2 before, 1230 now; excess 1230, 7 standard deviations");
        assertThat(words(SignKind.LOAD, Excess.NONE, 0))
                .isEqualTo("x: request rate: median 500 before, 200 now; no more than usual");
    }

    @Test
    void what_shows_nothing_and_has_no_figure_is_left_out() {
        assertThat(words(SignKind.LATENCY, Excess.NONE, 0)).isEmpty();
        assertThat(words(SignKind.DEVIATION, Excess.NONE, 0)).isEmpty();
        assertThat(words(SignKind.DEVIATION, new Excess(2, 5, 0), 2))
                .isEqualTo("x: requests that take another way: excess 2, 5 standard deviations");
    }

    private String words(SignKind kind, Excess excess, double own) {
        return MeasuredWords.of(seen, new Measured("a", kind, excess, own), "x").orElse("");
    }
}
