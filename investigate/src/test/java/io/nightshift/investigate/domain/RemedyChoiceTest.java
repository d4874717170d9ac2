package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Proposal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which remedy is proposed against a cause that is taken for granted here, and with what arguments. */
class RemedyChoiceTest {

    private static Answer against(Scenes scene, String service, String instance, CauseClass cause) {
        Case subject = scene.asCase();
        Hypothesis cited = new Hypothesis(
                1, Scenes.id(service), instance, cause, 0.9, List.of(), List.of(), List.of(), "A cause.");
        return RemedyChoice.choose(subject, CausalRanker.rank(subject), cited, 0.5);
    }

    private static Proposal proposed(Answer answer) {
        return answer.proposal().orElseThrow(() -> new AssertionError(answer));
    }

    @Test
    void the_operators_own_playbook_comes_before_the_bare_action_and_knows_what_that_would() {
        Proposal proposal = proposed(against(
                Scenes.shop()
                        .release("inventory", "1.4.0", "1.3.9", -60)
                        .playbook("inventory", CauseClass.BAD_RELEASE, "bad-release"),
                "inventory",
                null,
                CauseClass.BAD_RELEASE));

        assertThat(proposal.getAction()).isEqualTo(ActionKind.PLAYBOOK);
        assertThat(proposal.getArguments())
                .containsOnly(
                        Map.entry("playbook", "bad-release"),
                        Map.entry("version", "1.3.9"),
                        Map.entry("fromVersion", "1.4.0"));
        assertThat(proposal.getEvidenceIds()).isNotEmpty();
    }

    @Test
    void a_playbook_against_another_cause_is_not_proposed() {
        Answer answer = against(
                Scenes.leak().playbook("inventory", CauseClass.DISK_FILLING, "free-disk"),
                "inventory",
                null,
                CauseClass.MEMORY_LEAK);

        assertThat(proposed(answer).getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
    }

    @Test
    void a_playbook_that_did_not_hold_gives_way_to_the_bare_action() {
        Scenes scene = Scenes.leak()
                .playbook("inventory", CauseClass.MEMORY_LEAK, "memory-leak")
                .lesson("fp-1", "inventory", ActionKind.PLAYBOOK, 0, 2);

        assertThat(proposed(against(scene, "inventory", null, CauseClass.MEMORY_LEAK))
                        .getAction())
                .isEqualTo(ActionKind.ROLLING_RESTART);
    }

    @Test
    void a_playbook_against_something_outside_or_a_surge_is_never_proposed() {
        for (CauseClass cause : List.of(CauseClass.EXTERNAL, CauseClass.TRAFFIC_SURGE)) {
            Scenes scene = Scenes.shop().playbook("gateway", cause, "anything");

            assertThat(against(scene, "gateway", null, cause).proposal()).isEmpty();
        }
    }

    @Test
    void a_roll_back_names_both_releases() {
        Proposal proposal = proposed(against(
                Scenes.shop().release("orders", "2.0.1", "2.0.0", -30), "orders", null, CauseClass.BAD_RELEASE));

        assertThat(proposal.getArguments())
                .containsOnly(Map.entry("version", "2.0.0"), Map.entry("fromVersion", "2.0.1"));
    }

    @Test
    void a_release_whose_name_is_no_name_is_not_rolled_back_to() {
        Answer answer = against(
                Scenes.shop().release("orders", "2.0.1", "--force", -30), "orders", null, CauseClass.BAD_RELEASE);

        assertThat(proposed(answer).getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
        assertThat(answer.considered())
                .anySatisfy(refused -> assertThat(refused.getWhy()).contains("no usable release"));
    }

    @Test
    void scaling_out_adds_one_instance() {
        Proposal proposal = proposed(
                against(Scenes.shop().supports(ActionKind.SCALE), "inventory", null, CauseClass.QUEUE_BACKLOG));

        assertThat(proposal.getArguments()).containsOnly(Map.entry("from", "2"), Map.entry("to", "3"));
    }

    @Test
    void a_flag_that_was_turned_off_is_turned_on_again() {
        Scenes scene = Scenes.shop()
                .supports(ActionKind.DISABLE_FLAG, ActionKind.ENABLE_FLAG)
                .flag("orders", Map.of("feature_flag.key", "fast-path", "enabled", "false"), -20);
        Proposal proposal = proposed(against(scene, "orders", null, CauseClass.CONFIGURATION_CHANGE));

        assertThat(proposal.getAction()).isEqualTo(ActionKind.ENABLE_FLAG);
        assertThat(proposal.getArguments()).containsOnly(Map.entry("flag", "fast-path"));
    }

    @Test
    void a_flag_of_another_service_or_without_a_usable_name_is_left_alone() {
        Scenes other = Scenes.shop()
                .supports(ActionKind.DISABLE_FLAG)
                .flag("payments", Map.of("flag", "receipts", "state", "on"), -20);
        Scenes strange = Scenes.shop()
                .supports(ActionKind.DISABLE_FLAG)
                .flag("orders", Map.of("flag", "fast path && reboot", "state", "on"), -20);

        assertThat(against(other, "orders", null, CauseClass.CONFIGURATION_CHANGE)
                        .proposal())
                .isEmpty();
        assertThat(against(strange, "orders", null, CauseClass.CONFIGURATION_CHANGE)
                        .proposal())
                .isEmpty();
    }

    @Test
    void only_one_instance_among_several_is_drained() {
        Scenes scene = Scenes.shop().supports(ActionKind.DRAIN);

        assertThat(proposed(against(scene, "inventory", "inventory-2", CauseClass.NOISY_NEIGHBOUR))
                        .getInstances())
                .containsExactly("inventory-2");
        assertThat(against(scene, "inventory", null, CauseClass.NOISY_NEIGHBOUR).proposal())
                .isEmpty();
        assertThat(against(scene, "payments", "payments-1", CauseClass.NOISY_NEIGHBOUR)
                        .proposal())
                .isEmpty();
    }

    @Test
    void a_fail_over_goes_to_an_instance_that_is_well() {
        Scenes scene = Scenes.shop().supports(ActionKind.FAIL_OVER);
        Proposal proposal = proposed(against(scene, "inventory", "inventory-1", CauseClass.NOISY_NEIGHBOUR));

        assertThat(proposal.getAction()).isEqualTo(ActionKind.FAIL_OVER);
        assertThat(proposal.getArguments()).containsOnly(Map.entry("to", "inventory-2"));

        scene.memory("inventory", "inventory-2", 0.98, 6, 0);
        assertThat(against(scene, "inventory", "inventory-1", CauseClass.NOISY_NEIGHBOUR)
                        .proposal())
                .isEqualTo(Optional.empty());
    }

    private static Answer withLesson(
            String fingerprint, CauseClass cause, String service, ActionKind action, int held, int recurred) {
        Scenes scene = Scenes.leak()
                .serviceClass("shelf", "inventory", "payments")
                .lesson(fingerprint, cause, service, action, held, recurred);
        return against(scene, "inventory", null, CauseClass.MEMORY_LEAK);
    }

    @Test
    void a_misleading_lesson_of_another_cause_does_not_win_over_evidence_whatever_it_says() {
        Answer elsewhere = withLesson("fp-2", CauseClass.BAD_RELEASE, "inventory", ActionKind.ROLL_BACK_RELEASE, 50, 0);
        Answer alike = withLesson("fp-1", CauseClass.DISK_FILLING, "inventory", ActionKind.ROLL_BACK_RELEASE, 2, 0);

        assertThat(proposed(elsewhere).getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
        assertThat(elsewhere.lessons()).isEmpty();
        assertThat(proposed(alike).getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
        assertThat(alike.proposal().orElseThrow().getCauseClass()).isEqualTo(CauseClass.MEMORY_LEAK);
    }

    @Test
    void a_lesson_of_the_same_cause_counts_half_at_another_service_of_the_class_and_nothing_beyond_it() {
        Answer ofClass = withLesson("fp-2", CauseClass.MEMORY_LEAK, "payments", ActionKind.ROLLING_RESTART, 0, 1);
        Answer beyond = withLesson("fp-2", CauseClass.MEMORY_LEAK, "gateway", ActionKind.ROLLING_RESTART, 0, 9);

        assertThat(ofClass.lessons()).singleElement().satisfies(cited -> assertThat(cited.getEffect())
                .contains("from 0.80 to 0.53")
                .contains("service of the same class"));
        assertThat(beyond.lessons()).isEmpty();
        assertThat(proposed(beyond).getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
    }
}
