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
import java.util.Map;
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
    void the_quietest_point_of_the_minute_that_the_trouble_began_in_tells_what_was_usual() {
        ServiceRollup first = minute("payments", Duration.ofSeconds(-45), 0.12, 0.02, 0.5);
        ServiceRollup second = minute("payments", Duration.ofSeconds(15), 0.4, 0.3, 0.5);

        assertThat(best(slowPayments(), List.of(first)).getCauseClass()).isEqualTo(CauseClass.CPU_SATURATION);
        assertThat(best(slowPayments(), List.of(first, second)).getCauseClass()).isEqualTo(CauseClass.CPU_SATURATION);
        ServiceRollup alwaysBusy = minute("payments", Duration.ofSeconds(-45), 0.3, 0.25, 0.4);
        assertThat(best(slowPayments(), List.of(alwaysBusy, second)).getCauseClass())
                .isEqualTo(CauseClass.DEPENDENCY_FAILURE);
    }

    @Test
    void processes_of_a_new_release_that_warm_up_are_no_reason() {
        Scenes released = slowPayments().release("payments", "2.0.1", "2.0.0", -20);

        assertThat(best(released, minutes("payments", 1, 0.02, 0.45)).getCauseClass())
                .isNotEqualTo(CauseClass.CPU_SATURATION);
        Scenes longAgo = slowPayments().release("payments", "2.0.1", "2.0.0", -3000);
        assertThat(best(longAgo, minutes("payments", 1, 0.02, 0.45)).getCauseClass())
                .isEqualTo(CauseClass.CPU_SATURATION);
    }

    @Test
    void whoever_waits_for_a_slow_callee_is_not_blamed_for_being_busy() {
        Hypothesis best = best(slowPayments(), minutes("orders", 1, 0.02, 0.45));

        assertThat(best.getService()).isEqualTo(Scenes.id("payments"));
        assertThat(best.getCauseClass()).isEqualTo(CauseClass.DEPENDENCY_FAILURE);
    }

    @Test
    void seconds_of_processor_time_tell_it_as_well() {
        ServiceRollup first = seconds("process_cpu_seconds_total", "", Map.of(), 0.4, 0.06, 1.02);

        assertThat(best(slowPayments(), List.of(first)).getCauseClass()).isEqualTo(CauseClass.CPU_SATURATION);
        assertThat(best(slowPayments(), List.of(seconds("jvm.cpu.time", "s", Map.of(), 0.4, 0.06, 1.02)))
                        .getCauseClass())
                .isEqualTo(CauseClass.CPU_SATURATION);
        assertThat(best(slowPayments(), List.of(seconds("jvm.cpu.time", "s", Map.of(), 0.14, 0.06, 0.4)))
                        .getCauseClass())
                .as("a fraction of one processor is little")
                .isEqualTo(CauseClass.DEPENDENCY_FAILURE);
    }

    @Test
    void time_without_work_is_no_use_of_a_processor() {
        Map<String, String> idle = Map.of("cpu.mode", "idle");

        assertThat(best(slowPayments(), List.of(seconds("system.cpu.time", "s", idle, 0.4, 0.06, 1.02)))
                        .getCauseClass())
                .isEqualTo(CauseClass.DEPENDENCY_FAILURE);
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
            rollups.add(minute(service, Duration.ofMinutes(minute), share, share / 2, share * 1.2));
        }
        return rollups;
    }

    /** The minute in which the trouble began, two thirds of it before. */
    private static ServiceRollup seconds(
            String name, String unit, Map<String, String> attributes, double mean, double min, double max) {
        RollupSeries series = RollupSeries.newBuilder(share("payments", mean, min, max))
                .setName(name)
                .setUnit(unit)
                .setAttributes(attributes)
                .build();
        return minute("payments", Duration.ofSeconds(-40), series);
    }

    private static ServiceRollup minute(String service, Duration fromOnset, double mean, double min, double max) {
        return minute(service, fromOnset, share(service, mean, min, max));
    }

    private static ServiceRollup minute(String service, Duration fromOnset, RollupSeries series) {
        return new ServiceRollup(
                Scenes.entity(service, null, null),
                Scenes.ONSET.plus(fromOnset),
                List.of(new RollupCalls(null, null, 300L, 0L, 10.0, 20.0, 30.0)),
                List.of(series),
                0,
                0,
                null);
    }

    private static RollupSeries share(String service, double mean, double min, double max) {
        return RollupSeries.newBuilder()
                .setName("jvm.cpu.recent_utilization")
                .setUnit("1")
                .setInstance(service + "-1")
                .setCount(60)
                .setMean(mean)
                .setMin(min)
                .setMax(max)
                .setLast(mean)
                .build();
    }
}
