package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Direction;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Proposal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each class of cause is named by what shows it, beside what merely follows from it and what has nothing to do with it. */
class CauseNamingTest {

    private static final String POOL = "db.client.connection.count";
    private static final String FULL_DISK = "system.filesystem.usage";

    private static Hypothesis best(Scenes scene) {
        return CausalRanker.rank(scene.asCase()).best();
    }

    private static Answer answer(Scenes scene) {
        Case subject = scene.asCase();
        Ranking ranking = CausalRanker.rank(subject);
        return RemedyChoice.choose(subject, ranking, ranking.best(), 0.5);
    }

    private static Proposal proposal(Scenes scene) {
        return answer(scene).proposal().orElseThrow(() -> new AssertionError(answer(scene) + " " + best(scene)));
    }

    private static void assertNamed(Scenes scene, String service, CauseClass cause) {
        Hypothesis best = best(scene);
        assertThat(Ranking.nameOf(best)).isEqualTo(Scenes.id(service) + "|" + cause);
        assertThat(best.getConfidence()).as(best.toString()).isGreaterThan(0.7);
    }

    /** One of two instances answers slowly for no reason of its own; its callers wait and pile up requests. */
    private static Scenes slowInstance() {
        return Scenes.shop()
                .latency("inventory", 20, 800, 30, 3.5, 0)
                .instanceLatency("inventory", "inventory-1", 20, 850, 3.6)
                .latency("orders", 40, 820, 30, 3, 2)
                .latency("gateway", 50, 840, 60, 3, 3)
                .edgeLatency("orders", "inventory", 22, 810, 30, 3.5, 1)
                .edgeLatency("gateway", "orders", 42, 830, 30, 3, 2)
                .metric("orders", "orders-1", "http.server.active_requests", AnomalyKind.LEVEL_SHIFT, 4, 3)
                .metric("gateway", "gateway-1", "http.server.active_requests", AnomalyKind.LEVEL_SHIFT, 5, 3);
    }

    @Test
    void a_slow_service_inside_is_a_failing_dependency_and_its_one_slow_instance_is_restarted() {
        assertNamed(slowInstance(), "inventory", CauseClass.DEPENDENCY_FAILURE);
        assertThat(best(slowInstance()).getInstance()).isEqualTo("inventory-1");

        assertThat(proposal(slowInstance()).getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
        assertThat(proposal(slowInstance()).getInstances()).containsExactly("inventory-1");
    }

    @Test
    void a_failing_service_inside_is_a_failing_dependency() {
        assertNamed(
                Scenes.shop()
                        .errors("payments", 0.4, 30, 6, 0)
                        .errors("orders", 0.2, 30, 5, 2)
                        .errors("gateway", 0.2, 30, 5, 3),
                "payments",
                CauseClass.DEPENDENCY_FAILURE);
    }

    @Test
    void a_batch_job_on_a_service_that_answers_as_ever_takes_no_blame() {
        Scenes scene = slowInstance()
                .metric("payments", "payments-1", "jvm.cpu.recent_utilization", AnomalyKind.LEVEL_SHIFT, 6, -5);

        assertNamed(scene, "inventory", CauseClass.DEPENDENCY_FAILURE);
    }

    @Test
    void work_that_piles_up_at_the_entry_is_no_surge_of_traffic() {
        assertThat(CausalRanker.rank(slowInstance().asCase()).hypotheses())
                .extracting(Hypothesis::getCauseClass)
                .doesNotContain(CauseClass.TRAFFIC_SURGE);
    }

    private static Scenes emptyPool() {
        Map<String, String> store = Map.of("db.client.connection.pool.name", "store");
        return Scenes.shop()
                .full("inventory", "inventory-1", POOL, store, 1, -20)
                .full("inventory", "inventory-2", POOL, store, 1, -15)
                .errors("inventory", 0.5, 30, 6, 0)
                .errors("orders", 0.4, 30, 5, 1)
                .errors("gateway", 0.3, 30, 5, 2);
    }

    @Test
    void a_pool_that_is_used_up_is_the_fault_of_who_holds_it() {
        assertNamed(emptyPool(), "inventory", CauseClass.CONNECTION_POOL_EXHAUSTION);
        assertThat(proposal(emptyPool()).getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
        assertThat(proposal(emptyPool()).getTarget()).isEqualTo(Scenes.id("inventory"));
    }

    @Test
    void a_pool_that_is_used_up_stands_above_a_release_some_minutes_before() {
        assertNamed(
                emptyPool().release("inventory", "1.4.1", "1.4.0", -500),
                "inventory",
                CauseClass.CONNECTION_POOL_EXHAUSTION);
    }

    @Test
    void a_pool_that_fills_because_the_callee_is_slow_is_not_the_cause() {
        Scenes scene = slowInstance()
                .full("orders", "orders-1", POOL, Map.of("db.client.connection.pool.name", "inventory"), 1, 10);

        assertThat(Ranking.nameOf(best(scene))).isEqualTo(Scenes.id("inventory") + "|DEPENDENCY_FAILURE");
    }

    @Test
    void a_full_disk_is_freed_by_the_declared_rule() {
        Scenes scene = Scenes.shop()
                .supports(ActionKind.FREE_DISK)
                .full("payments", "payments-1", FULL_DISK, Map.of("system.filesystem.mountpoint", "/data"), 1, -30)
                .errors("payments", 0.6, 10, 6, 0)
                .errors("orders", 0.2, 30, 5, 1)
                .errors("gateway", 0.2, 30, 5, 2);

        assertNamed(scene, "payments", CauseClass.DISK_FILLING);
        assertThat(proposal(scene).getAction()).isEqualTo(ActionKind.FREE_DISK);
        assertThat(proposal(scene).getArguments()).containsOnly(Map.entry("rule", "default"));
    }

    @Test
    void an_expired_certificate_is_the_cause_of_failures_and_is_rotated_by_its_name() {
        Scenes scene = Scenes.shop()
                .supports(ActionKind.ROTATE_CERTIFICATE)
                .expires("payments", "payments-1", Map.of("certificate.name", "receipts"), -5)
                .errors("payments", 0.9, 10, 6, 0)
                .errors("orders", 0.3, 30, 5, 1)
                .errors("gateway", 0.3, 30, 5, 2);

        assertNamed(scene, "payments", CauseClass.CERTIFICATE_EXPIRY);
        assertThat(proposal(scene).getAction()).isEqualTo(ActionKind.ROTATE_CERTIFICATE);
        assertThat(proposal(scene).getArguments()).containsOnly(Map.entry("certificate", "receipts"));
    }

    @Test
    void a_certificate_that_expires_next_week_is_not_why_something_fails_today() {
        Scenes scene = Scenes.shop()
                .expires("payments", "payments-1", Map.of("certificate.name", "receipts"), 600_000)
                .release("payments", "2.1.0", "2.0.0", -60)
                .errors("payments", 0.5, 10, 6, 0)
                .errors("orders", 0.15, 30, 5, 2)
                .errors("gateway", 0.15, 30, 5, 3);

        assertNamed(scene, "payments", CauseClass.BAD_RELEASE);
    }

    @Test
    void an_outage_outside_is_external_even_where_its_caller_shows_it_most_and_nothing_is_done() {
        Scenes scene = Scenes.shop()
                .supports(ActionKind.DRAIN, ActionKind.SCALE)
                .playbook("payments", CauseClass.EXTERNAL, "call-the-bank")
                .edgeErrors("payments", "acquirer", 0.8, 10, 6, 0)
                .edgeLatency("payments", "acquirer", 30, 2000, 10, 5, 0)
                .errors("payments", 0.8, 10, 7, 1)
                .latency("payments", 40, 2010, 10, 5, 1)
                .errors("orders", 0.25, 30, 5, 2)
                .latency("orders", 60, 2030, 30, 4, 2)
                .errors("gateway", 0.25, 30, 5, 3)
                .metric("payments", "payments-1", "http.server.active_requests", AnomalyKind.LEVEL_SHIFT, 6, 1);

        assertThat(best(scene).getCauseClass()).isEqualTo(CauseClass.EXTERNAL);
        assertThat(best(scene).getSentence()).contains("acquirer");
        assertThat(best(scene).getConfidence()).isGreaterThan(0.6);
        assertThat(answer(scene).proposal()).isEmpty();
    }

    @Test
    void a_flag_turned_on_before_every_instance_became_slow_is_turned_off() {
        Scenes scene = Scenes.shop()
                .supports(ActionKind.DISABLE_FLAG)
                .flag("inventory", Map.of("flag", "stock-recount", "state", "on"), -10)
                .flag("payments", Map.of("flag", "receipts-in-colour", "state", "on"), -30)
                .latency("inventory", 20, 700, 30, 3.5, 0)
                .instanceLatency("inventory", "inventory-1", 20, 700, 3.5)
                .instanceLatency("inventory", "inventory-2", 20, 690, 3.5)
                .latency("orders", 40, 720, 30, 3, 2)
                .latency("gateway", 50, 740, 60, 3, 3);

        assertNamed(scene, "inventory", CauseClass.CONFIGURATION_CHANGE);
        assertThat(proposal(scene).getAction()).isEqualTo(ActionKind.DISABLE_FLAG);
        assertThat(proposal(scene).getArguments()).containsOnly(Map.entry("flag", "stock-recount"));
    }

    @Test
    void a_busy_processor_of_a_slow_service_is_processor_saturation() {
        assertNamed(
                Scenes.shop()
                        .metric("payments", "payments-1", "jvm.cpu.recent_utilization", AnomalyKind.LEVEL_SHIFT, 6, -2)
                        .latency("payments", 20, 900, 30, 3.5, 0)
                        .latency("orders", 40, 920, 30, 3, 2)
                        .latency("gateway", 50, 940, 60, 3, 3),
                "payments",
                CauseClass.CPU_SATURATION);
    }

    @Test
    void a_cache_that_lost_its_entries_is_a_stampede_although_what_stands_behind_it_drowns() {
        Scenes scene = Scenes.shop()
                .metric("inventory", "inventory-1", "cache.misses", AnomalyKind.LEVEL_SHIFT, 8, -5)
                .load("store", 10, 90, 6, 0)
                .latency("store", 10, 500, 90, 4, 1)
                .latency("inventory", 20, 520, 30, 4, 2)
                .latency("orders", 40, 540, 30, 4, 3)
                .latency("gateway", 50, 560, 30, 4, 4);

        assertThat(Ranking.nameOf(best(scene))).isEqualTo(Scenes.id("inventory") + "|CACHE_STAMPEDE");
    }

    @Test
    void hits_of_a_cache_that_fall_tell_the_same_and_hits_that_rise_nothing() {
        assertThat(kinds(Direction.DOWN)).contains("CACHE_STAMPEDE");
        assertThat(kinds(Direction.UP)).doesNotContain("CACHE_STAMPEDE");
    }

    private static String kinds(Direction direction) {
        Scenes scene = Scenes.shop()
                .unusual(
                        "inventory",
                        "inventory-1",
                        AnomalyKind.LEVEL_SHIFT,
                        "redis.keyspace.hits",
                        anomaly -> anomaly.setDirection(direction).setSeverity(8))
                .latency("store", 10, 500, 90, 4, 1)
                .latency("inventory", 20, 520, 30, 4, 2);
        return CausalRanker.rank(scene.asCase()).hypotheses().toString();
    }

    @Test
    void stolen_processor_time_is_a_noisy_neighbour_and_the_one_instance_is_drained() {
        Scenes scene = Scenes.shop()
                .supports(ActionKind.DRAIN)
                .metric("inventory", "inventory-2", "system.cpu.steal", AnomalyKind.LEVEL_SHIFT, 7, -3)
                .latency("inventory", 20, 600, 30, 4, 0)
                .instanceLatency("inventory", "inventory-2", 20, 650, 4)
                .latency("orders", 40, 640, 30, 4, 2);

        assertNamed(scene, "inventory", CauseClass.NOISY_NEIGHBOUR);
        assertThat(proposal(scene).getAction()).isEqualTo(ActionKind.DRAIN);
        assertThat(proposal(scene).getInstances()).containsExactly("inventory-2");
    }
}
