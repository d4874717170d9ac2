package io.nightshift.shop.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadStatsTest {

    @Test
    void countsFailuresAndTheFirstOneSinceTheMark() {
        LoadStats stats = new LoadStats();
        stats.record(1_500, 10, false);
        stats.mark(2_000);
        stats.record(2_100, 10, true);
        stats.record(3_400, 2000, false);
        stats.record(3_300, 3000, false);

        LoadStats.View view = stats.view(25, 1);

        assertThat(view.failed()).isEqualTo(3);
        assertThat(view.failedSinceMark()).isEqualTo(2);
        assertThat(view.okSinceMark()).isEqualTo(1);
        assertThat(view.firstFailedAt()).isEqualTo(3_300);
        assertThat(view.lastFailedAt()).isEqualTo(3_400);
        assertThat(view.worstP99()).isEqualTo(3000);
        assertThat(view.lastSeconds()).singleElement().satisfies(s -> assertThat(s.at())
                .isEqualTo(3));
    }

    @Test
    void percentilesAreOfTheNearestRank() {
        LoadStats stats = new LoadStats();
        for (int i = 1; i <= 100; i++) {
            stats.record(1_000, i, true);
        }
        assertThat(stats.view(25, 0).p50()).isEqualTo(50);
        assertThat(stats.view(25, 0).p99()).isEqualTo(99);
    }
}
