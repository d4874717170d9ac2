package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.RollupSeries;
import io.nightshift.events.ServiceRollup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollupSignsTest {

    private static final double MIB = 1 << 20;

    @Test
    void the_largest_pool_of_a_heap_that_fills_up_is_a_leak() {
        assertThat(best(0.3, 0.97, 0.2, 0.2).getCauseClass()).isEqualTo(CauseClass.MEMORY_LEAK);
    }

    @Test
    void a_small_pool_of_a_heap_that_fills_up_is_none() {
        assertThat(best(0.3, 0.3, 0.2, 0.97).getCauseClass()).isNotEqualTo(CauseClass.MEMORY_LEAK);
    }

    /** Shares of the pool for what lasts and of the pool for what survived once: the minute before the trouble and in it. */
    private static Hypothesis best(double oldBefore, double oldNow, double survivorBefore, double survivorNow) {
        Scenes scene = Scenes.shop()
                .latency("payments", 10, 900, 5, 2, 0)
                .edgeLatency("orders", "payments", 12, 905, 5, 2, 0)
                .latency("orders", 30, 930, 30, 1.5, 1);
        List<ServiceRollup> rollups = List.of(minute(-1, oldBefore, survivorBefore), minute(0, oldNow, survivorNow));
        Case subject =
                Case.of(scene.incident(), scene.changes(), rollups, List.of(), scene.inventory(), scene.citations());
        return CausalRanker.rank(subject).best();
    }

    private static ServiceRollup minute(int minute, double old, double survivor) {
        return new ServiceRollup(
                Scenes.entity("payments", null, null),
                Scenes.ONSET.plus(Duration.ofMinutes(minute)),
                List.of(),
                List.of(pool("Tenured Gen", 30 * MIB, old), pool("Survivor Space", MIB / 2, survivor)),
                0,
                0,
                null);
    }

    private static RollupSeries pool(String name, double limit, double share) {
        double used = share * limit;
        return RollupSeries.newBuilder()
                .setName("jvm.memory.used")
                .setUnit("By")
                .setInstance("payments-1")
                .setAttributes(Map.of("jvm.memory.type", "heap", "jvm.memory.pool.name", name))
                .setCount(60)
                .setMean(used)
                .setMin(used)
                .setMax(used)
                .setLast(used)
                .setLimit(limit)
                .build();
    }
}
