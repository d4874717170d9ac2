package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import io.nightshift.runtime.inventory.Inventory;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CausalRankerTest {

    private static Ranking rank(Scenes scene) {
        return CausalRanker.rank(scene.asCase());
    }

    private static Answer answer(Scenes scene) {
        Case subject = scene.asCase();
        Ranking ranking = CausalRanker.rank(subject);
        return RemedyChoice.choose(subject, ranking, ranking.best(), 0.5);
    }

    @Test
    void a_leak_behind_two_callers_is_named_with_its_chain_to_the_users() {
        Hypothesis best = rank(Scenes.leak()).best();

        assertThat(best.getService()).isEqualTo(Scenes.id("inventory"));
        assertThat(best.getCauseClass()).isEqualTo(CauseClass.MEMORY_LEAK);
        assertThat(best.getInstance()).isNull();
        assertThat(best.getConfidence()).isGreaterThan(0.75);
        assertThat(best.getChain()).containsExactly(Scenes.id("inventory"), Scenes.id("orders"), Scenes.id("gateway"));
        assertThat(best.getEvidenceFor())
                .allMatch(claim -> !claim.getEvidenceIds().isEmpty());
    }

    @Test
    void a_leak_that_has_just_crossed_its_thresholds_is_already_named_with_some_confidence() {
        Hypothesis best = rank(Scenes.freshLeak()).best();

        assertThat(Ranking.nameOf(best)).isEqualTo(Scenes.id("inventory") + "|MEMORY_LEAK");
        assertThat(best.getConfidence()).isGreaterThan(0.65);
    }

    @Test
    void a_leak_is_answered_by_a_rolling_restart_and_the_decoys_are_refused_with_reasons() {
        Answer answer = answer(Scenes.leak());

        assertThat(answer.proposal()).hasValueSatisfying(proposal -> {
            assertThat(proposal.getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
            assertThat(proposal.getTarget()).isEqualTo(Scenes.id("inventory"));
        });
        assertThat(answer.considered())
                .anySatisfy(refused -> {
                    assertThat(refused.getWhat()).contains("payments");
                    assertThat(refused.getWhy())
                            .contains("after the first symptom")
                            .contains("not on the failure path");
                })
                .anySatisfy(refused -> {
                    assertThat(refused.getWhat()).contains("log lines of payments");
                    assertThat(refused.getWhy()).contains("not on the failure path");
                })
                .anySatisfy(refused -> assertThat(refused.getWhat()).isEqualTo("Rolling back the release"));
    }

    @Test
    void a_restart_that_did_not_hold_gives_way_to_rolling_back_citing_lesson_and_change() {
        Scenes scene = Scenes.leak().lesson("fp-1", "inventory", ActionKind.ROLLING_RESTART, 0, 1);
        Answer answer = answer(scene);
        Citations citations = scene.citations();

        assertThat(answer.proposal()).hasValueSatisfying(proposal -> {
            assertThat(proposal.getAction()).isEqualTo(ActionKind.ROLL_BACK_RELEASE);
            assertThat(proposal.getArguments()).containsEntry("version", "1.3.9");
            assertThat(proposal.getEvidenceIds())
                    .containsAll(citations.of(Citations.change(scene.changes().get(0))))
                    .containsAll(citations.of(Citations.lesson(scene.lessons().get(0))));
        });
        assertThat(answer.lessons()).hasSize(1);
    }

    @Test
    void a_restart_that_held_stays_the_first_choice() {
        Answer answer = answer(Scenes.leak().lesson("fp-1", "inventory", ActionKind.ROLLING_RESTART, 2, 0));

        assertThat(answer.proposal().orElseThrow().getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
        assertThat(answer.lessons()).hasSize(1);
    }

    @Test
    void a_lesson_about_another_service_changes_nothing() {
        Answer answer = answer(Scenes.leak().lesson("fp-1", "orders", ActionKind.ROLLING_RESTART, 0, 3));

        assertThat(answer.proposal().orElseThrow().getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
        assertThat(answer.lessons()).isEmpty();
    }

    @Test
    void a_leak_in_one_of_two_instances_names_that_instance() {
        Scenes scene = Scenes.shop()
                .memory("inventory", "inventory-2", 0.98, 6, -40)
                .metric("inventory", "inventory-2", "jvm.gc.duration", AnomalyKind.LEVEL_SHIFT, 7, -20)
                .latency("inventory", 20, 1500, 30, 5, 0)
                .latency("gateway", 50, 1600, 30, 5, 3);

        assertThat(rank(scene).best().getInstance()).isEqualTo("inventory-2");
        assertThat(answer(scene).proposal().orElseThrow().getInstances()).containsExactly("inventory-2");
    }

    @Test
    void failures_after_a_release_without_memory_trouble_are_a_bad_release() {
        Scenes scene = Scenes.shop()
                .release("payments", "2.1.0", "2.0.0", -60)
                .errors("payments", 0.5, 10, 6, 0)
                .errors("orders", 0.15, 30, 5, 2)
                .errors("gateway", 0.15, 30, 5, 3);
        Hypothesis best = rank(scene).best();

        assertThat(Ranking.nameOf(best)).isEqualTo(Scenes.id("payments") + "|BAD_RELEASE");
        assertThat(answer(scene).proposal().orElseThrow().getAction()).isEqualTo(ActionKind.ROLL_BACK_RELEASE);
    }

    @Test
    void a_release_after_the_symptoms_is_not_blamed() {
        Scenes scene = Scenes.shop().release("payments", "2.1.0", "2.0.0", 60).errors("payments", 0.5, 10, 6, 0);

        assertThat(rank(scene).best().getCauseClass()).isEqualTo(CauseClass.UNKNOWN);
        assertThat(answer(scene).proposal()).isEmpty();
    }

    @Test
    void a_failing_callee_that_is_neither_declared_nor_heard_of_is_external() {
        Scenes scene = Scenes.shop()
                .call("payments", "bank")
                .edgeErrors("payments", "bank", 0.6, 10, 6, 0)
                .errors("payments", 0.6, 10, 6, 1)
                .errors("orders", 0.2, 30, 5, 2)
                .errors("gateway", 0.2, 30, 5, 3);
        Hypothesis best = rank(scene).best();

        assertThat(best.getCauseClass()).isEqualTo(CauseClass.EXTERNAL);
        assertThat(best.getService()).isEmpty();
        assertThat(best.getSentence()).contains("bank");
        assertThat(answer(scene).proposal()).isEmpty();
        assertThat(answer(scene).whyNone()).contains("outside");
    }

    @Test
    void load_that_rises_everywhere_from_the_entry_is_a_surge_and_nothing_is_restarted() {
        Scenes scene = Scenes.shop()
                .load("gateway", 30, 90, 6, -2)
                .load("orders", 30, 88, 6, -1)
                .load("inventory", 30, 88, 6, -1)
                .load("payments", 30, 88, 6, -1)
                .metric("gateway", "gateway-1", "jvm.cpu.recent_utilization", AnomalyKind.LEVEL_SHIFT, 4, 0)
                .metric("inventory", "inventory-1", "jvm.cpu.recent_utilization", AnomalyKind.LEVEL_SHIFT, 5, 0)
                .latency("gateway", 50, 300, 90, 4, 1);

        assertThat(rank(scene).best().getCauseClass()).isEqualTo(CauseClass.TRAFFIC_SURGE);
        assertThat(answer(scene).proposal()).isEmpty();
    }

    @Test
    void a_lone_log_line_has_no_culprit() {
        Scenes scene = Scenes.shop().log("payments", "ERROR restart payments", 5, 0);

        assertThat(rank(scene).best().getCauseClass()).isEqualTo(CauseClass.NO_CULPRIT);
        assertThat(answer(scene).proposal()).isEmpty();
    }

    @Test
    void a_gap_in_telemetry_without_suffering_users_gives_no_proposal() {
        Scenes scene =
                Scenes.shop().silence("inventory", "inventory-1", 6, 0).silence("inventory", "inventory-2", 6, 0);

        assertThat(answer(scene).proposal()).isEmpty();
    }

    @Test
    void an_instance_that_restarted_is_not_restarted_again() {
        Scenes scene = Scenes.shop()
                .metric("orders", "orders-1", "process.start", AnomalyKind.RESTART, 6, 0)
                .latency("orders", 20, 80, 30, 2, 0);

        assertThat(answer(scene).proposal()).isEmpty();
    }

    @Test
    void a_silent_service_that_users_miss_is_a_crash() {
        Scenes scene = Scenes.shop()
                .silence("payments", "payments-1", 6, 0)
                .errors("orders", 0.3, 30, 5, 1)
                .errors("gateway", 0.3, 30, 5, 2);

        assertThat(Ranking.nameOf(rank(scene).best())).isEqualTo(Scenes.id("payments") + "|PROCESS_CRASH");
    }

    @Test
    void a_small_wobble_has_no_culprit() {
        assertThat(rank(Scenes.shop().latency("store", 20, 30, 5, 1.0, 0))
                        .best()
                        .getCauseClass())
                .isEqualTo(CauseClass.NO_CULPRIT);
    }

    @Test
    void a_service_that_was_already_down_before_does_not_win() {
        Scenes scene = Scenes.shop().errors("payments", 0.5, 30, 6, 0).errors("gateway", 0.02, 30, 4, 0);
        Ranking ranking = rank(scene);

        assertThat(ranking.best().getService()).isEqualTo(Scenes.id("payments"));
    }

    @Test
    void a_service_outside_the_inventory_gets_no_proposal() {
        Case known = Scenes.leak().asCase();
        Case undeclared = new Case(
                known.fingerprint(),
                known.onset(),
                known.anomalies(),
                known.members(),
                known.graph(),
                known.changes(),
                known.rollups(),
                known.lessons(),
                Inventory.empty(),
                known.citations());
        Ranking ranking = CausalRanker.rank(undeclared);
        Answer answer = RemedyChoice.choose(undeclared, ranking, ranking.best(), 0.5);

        assertThat(ranking.best().getService()).isEqualTo(Scenes.id("inventory"));
        assertThat(answer.proposal()).isEmpty();
        assertThat(answer.whyNone()).contains("not in the inventory");
    }

    @Test
    void other_names_give_the_same_ranking() {
        List<String> names = List.of("gateway", "orders", "inventory", "store", "payments");
        List<String> plain = shape(rank(Scenes.leak()), UnaryOperator.identity());
        for (int turn = 1; turn < names.size(); turn++) {
            int by = turn;
            UnaryOperator<String> renamed =
                    name -> names.contains(name) ? names.get((names.indexOf(name) + by) % names.size()) : name;
            Case other = Renamed.of(Scenes.leak().asCase(), renamed);
            UnaryOperator<String> back = name ->
                    names.contains(name) ? names.get((names.indexOf(name) + names.size() - by) % names.size()) : name;
            assertThat(shape(CausalRanker.rank(other), back)).isEqualTo(plain);
        }
    }

    @Test
    void an_incident_of_thousands_of_anomalies_is_ranked_within_a_second() {
        Scenes scene = Scenes.leak();
        for (int i = 0; i < 300; i++) {
            scene.metric("orders", "orders-" + i, "jvm.thread.count", AnomalyKind.LEVEL_SHIFT, 2, i);
        }
        long begin = System.nanoTime();
        Ranking ranking = rank(scene);

        assertThat(ranking.best().getService()).isEqualTo(Scenes.id("inventory"));
        assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(1000);
    }

    /** Services renamed back, classes and confidences, in order. */
    private static List<String> shape(Ranking ranking, UnaryOperator<String> back) {
        return ranking.hypotheses().stream()
                .map(hypothesis -> back.apply(hypothesis.getService().replace("demo/shop/", "")) + "|"
                        + hypothesis.getCauseClass() + "|" + String.format("%.9f", hypothesis.getConfidence()))
                .toList();
    }
}
