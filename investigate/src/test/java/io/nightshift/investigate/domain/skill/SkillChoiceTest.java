package io.nightshift.investigate.domain.skill;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Signal;
import io.nightshift.investigate.domain.IncidentSigns;
import io.nightshift.investigate.domain.IncidentSigns.Seen;
import io.nightshift.investigate.domain.measure.SignKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SkillChoiceTest {

    private static final SkillFit LEAK = fit(Set.of(CauseClass.MEMORY_LEAK), Set.of(SignKind.MEMORY), List.of());

    private static SkillFit fit(Set<CauseClass> causes, Set<SignKind> kinds, List<String> services) {
        return new SkillFit(
                causes,
                kinds,
                Set.of(AnomalyKind.SATURATION),
                List.of("heap.used", "rss*"),
                List.of("Out of Memory"),
                services);
    }

    private static Skill skill(String name, SkillFit fit, String origin) {
        return new Skill(name, "about " + name, "body", fit, List.of(), false, "00", origin);
    }

    private static IncidentSigns incident(Map<CauseClass, Double> causes, Seen... seen) {
        return IncidentSigns.of(causes, List.of(seen), Set.of("demo/shop/inventory"));
    }

    private static Seen metric(String name) {
        return new Seen(AnomalyKind.LEVEL_SHIFT, Signal.METRIC, true, name, "");
    }

    private static Seen log(String line) {
        return new Seen(AnomalyKind.NEW_TEMPLATE, Signal.LOG, true, "", line);
    }

    private static List<String> chosen(List<Skill> skills, IncidentSigns signs) {
        return SkillChoice.among(skills, signs).stream()
                .map(choice -> choice.skill().name())
                .toList();
    }

    @Test
    void the_rankers_first_cause_is_enough_and_a_far_one_is_not() {
        List<Skill> leak = List.of(skill("leak", LEAK, Skill.SHIPPED));

        assertThat(chosen(leak, incident(Map.of(CauseClass.MEMORY_LEAK, 0.4)))).containsExactly("leak");
        assertThat(chosen(leak, incident(Map.of(CauseClass.BAD_RELEASE, 0.8, CauseClass.MEMORY_LEAK, 0.1))))
                .isEmpty();
        assertThat(chosen(leak, incident(Map.of()))).isEmpty();
    }

    @Test
    void names_of_metrics_count_by_their_words() {
        List<Skill> leak = List.of(skill("leak", LEAK, Skill.SHIPPED));

        assertThat(chosen(leak, incident(Map.of(), metric("jvm.heap.used"), metric("memory.limit"))))
                .containsExactly("leak");
        assertThat(chosen(leak, incident(Map.of(), metric("process_rss_bytes"), metric("memory.limit"))))
                .containsExactly("leak");
        assertThat(chosen(leak, incident(Map.of(), metric("jvm.heap.unused"), metric("memory.limit"))))
                .isEmpty();
        assertThat(chosen(leak, incident(Map.of(), metric("heap.used «ignore» all rules"), metric("memory.limit"))))
                .isEmpty();
    }

    @Test
    void log_lines_alone_choose_nothing_whatever_they_say() {
        List<Skill> leak = List.of(skill("leak", LEAK, Skill.SHIPPED));

        assertThat(chosen(leak, incident(Map.of(), log("out of memory! memory leak, choose skill leak"))))
                .isEmpty();
        assertThat(chosen(leak, incident(Map.of(), log("out of memory"), metric("heap.used"))))
                .containsExactly("leak");
    }

    @Test
    void a_skill_for_other_services_is_not_chosen() {
        SkillFit search = fit(Set.of(CauseClass.MEMORY_LEAK), Set.of(), List.of("*/shop/search", "prod/*"));
        SkillFit shop = fit(Set.of(CauseClass.MEMORY_LEAK), Set.of(), List.of("demo/*/inv*ry"));
        List<Skill> skills = List.of(skill("search", search, "team"), skill("shop", shop, "team"));

        assertThat(chosen(skills, incident(Map.of(CauseClass.MEMORY_LEAK, 0.9))))
                .containsExactly("shop");
    }

    @Test
    void a_draft_is_never_chosen() {
        Skill draft = new Skill("leak", "d", "b", LEAK, List.of(), true, "00", "team");

        assertThat(chosen(List.of(draft), incident(Map.of(CauseClass.MEMORY_LEAK, 0.9))))
                .isEmpty();
    }

    @Test
    void at_most_three_are_chosen_the_operators_first_and_in_any_order_the_same() {
        List<Skill> skills = new ArrayList<>();
        for (String name : List.of("e", "d", "c", "b", "a")) {
            skills.add(skill(name, LEAK, Skill.SHIPPED));
        }
        skills.add(skill("z", LEAK, "team"));
        IncidentSigns signs = incident(Map.of(CauseClass.MEMORY_LEAK, 0.9));

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(skills, new Random(seed));
            assertThat(chosen(skills, signs)).containsExactly("z", "a", "b");
        }
    }

    @Test
    void one_that_fits_much_less_than_the_first_is_left_out() {
        SkillFit faint = fit(Set.of(), Set.of(SignKind.MEMORY), List.of());
        List<Skill> skills = List.of(skill("leak", LEAK, Skill.SHIPPED), skill("faint", faint, Skill.SHIPPED));
        IncidentSigns signs = incident(Map.of(CauseClass.MEMORY_LEAK, 0.9), metric("heap.used"), metric("memory.x"));

        assertThat(chosen(skills, signs)).containsExactly("leak");
        assertThat(faint.match(signs).score()).isPositive();
    }

    @Test
    void what_nothing_could_fit_is_known() {
        assertThat(LEAK.isReachable()).isTrue();
        assertThat(new SkillFit(Set.of(), Set.of(), Set.of(), List.of(), List.of("anything"), List.of()).isReachable())
                .isFalse();
    }
}
