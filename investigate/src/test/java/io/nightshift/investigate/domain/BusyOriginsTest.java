package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.RollupSeries;
import io.nightshift.events.ServiceRollup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusyOriginsTest {

    @Test
    void a_service_without_a_past_whose_processor_rose_with_its_slowness_is_short_of_it() {
        Scenes scene = slowPayments();

        assertThat(best(scene, List.of()).getCauseClass()).isEqualTo(CauseClass.DEPENDENCY_FAILURE);
        Hypothesis busy = best(scene, minutes("payments", 1, 0.02, 0.45));
        assertThat(busy.getService()).isEqualTo(Scenes.id("payments"));
        assertThat(busy.getCauseClass()).isEqualTo(CauseClass.CPU_SATURATION);
    }

    @Test
    void a_processor_that_was_as_busy_before_is_no_reason() {
        assertThat(best(slowPayments(), minutes("payments", 1, 0.2, 0.45)).getCauseClass())
                .isEqualTo(CauseClass.DEPENDENCY_FAILURE);
    }

    @Test
    void without_a_minute_before_nothing_is_said() {
        assertThat(best(slowPayments(), minutes("payments", 0, 0.02, 0.45)).getCauseClass())
                .isEqualTo(CauseClass.DEPENDENCY_FAILURE);
    }

    @Test
    void whoever_waits_for_a_slow_callee_is_not_blamed_for_being_busy() {
        Hypothesis best = best(slowPayments(), minutes("orders", 1, 0.02, 0.45));

        assertThat(best.getService()).isEqualTo(Scenes.id("payments"));
        assertThat(best.getCauseClass()).isEqualTo(CauseClass.DEPENDENCY_FAILURE);
    }

    private static Scenes slowPayments() {
        return Scenes.shop()
                .latency("payments", 10, 160, 5, 2, 0)
                .edgeLatency("orders", "payments", 12, 165, 5, 2, 0)
                .latency("orders", 30, 180, 30, 1.5, 1)
                .edgeLatency("gateway", "orders", 32, 185, 30, 1.4, 1)
                .latency("gateway", 40, 190, 30, 1.4, 1);
    }

    private static Hypothesis best(Scenes scene, List<ServiceRollup> rollups) {
        Case subject =
                Case.of(scene.incident(), scene.changes(), rollups, List.of(), scene.inventory(), scene.citations());
        return CausalRanker.rank(subject).best();
    }

    /** So many minutes of the usual share of processors, and the one that begins with the trouble. */
    private static List<ServiceRollup> minutes(String service, int before, double usual, double now) {
        List<ServiceRollup> rollups = new ArrayList<>();
        for (int minute = -before; minute <= 0; minute++) {
            double share = minute < 0 ? usual : now;
            rollups.add(new ServiceRollup(
                    Scenes.entity(service, null, null),
                    Scenes.ONSET.plus(Duration.ofMinutes(minute)),
                    List.of(new RollupCalls(null, null, 300L, 0L, 10.0, 20.0, 30.0)),
                    List.of(RollupSeries.newBuilder()
                            .setName("jvm.cpu.recent_utilization")
                            .setUnit("1")
                            .setInstance(service + "-1")
                            .setCount(60)
                            .setMean(share)
                            .setMin(share / 2)
                            .setMax(share * 1.2)
                            .setLast(share)
                            .build()),
                    0,
                    0,
                    null));
        }
        return rollups;
    }
}
