package io.nightshift.oversee.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.EntityRef;
import io.nightshift.events.RollupCoverage;
import io.nightshift.events.ServiceRollup;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CoverageWatchTest {

    private static final Instant MINUTE = Instant.parse("2026-11-20T03:00:00Z");

    private final CoverageWatch watch = new CoverageWatch();

    @Test
    void theNewestMinuteCountsAndItsPartsAreSummed() {
        watch.accept(rollup("orders", MINUTE, new RollupCoverage(10, 10, 0, 0, 0, 90, 450L)));
        watch.accept(rollup("orders", MINUTE.plusSeconds(60), new RollupCoverage(10, 2, 8, 0, 0, 30, 150L)));
        watch.accept(rollup("orders", MINUTE.plusSeconds(60), new RollupCoverage(5, 1, 1, 3, 0, 40, 200L)));
        watch.accept(rollup("orders", MINUTE, new RollupCoverage(9, 9, 0, 0, 0, 90, 450L)));
        watch.accept(rollup("orders", MINUTE.plusSeconds(120), null));
        CoverageView orders = watch.at(MINUTE.plusSeconds(130)).get(0);
        assertThat(orders.service()).isEqualTo("demo/shop/orders");
        assertThat(orders.at()).isEqualTo(MINUTE.plusSeconds(120).toEpochMilli());
        assertThat(orders.judged()).isEqualTo(12);
        assertThat(orders.words())
                .isEqualTo("12 of 15 metric series are judged, 9 of them for less than a day; "
                        + "3 are silent for about 4 min (40 points)");
    }

    @Test
    void aServiceThatSendsNothingMoreIsNotShown() {
        watch.accept(rollup("orders", MINUTE, new RollupCoverage(1, 0, 1, 0, 3, 0, 0L)));
        assertThat(watch.at(MINUTE.plusSeconds(15 * 60)))
                .extracting(CoverageView::words)
                .containsExactly(
                        "1 of 1 metric series is judged, all of them for less than a day; 3 found no room and are not judged");
        assertThat(watch.at(MINUTE.plusSeconds(17 * 60))).isEmpty();
    }

    private static ServiceRollup rollup(String service, Instant minute, RollupCoverage coverage) {
        return ServiceRollup.newBuilder()
                .setService(new EntityRef("demo", "shop", service, null, null))
                .setMinute(minute)
                .setCoverage(coverage)
                .build();
    }
}
