package io.nightshift.investigate.llm;

import static io.nightshift.investigate.llm.ModelHouse.SOON;
import static io.nightshift.investigate.llm.ModelHouse.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Claim;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.RecordRef;
import io.nightshift.investigate.InvestigationScene;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.investigate.worker.Reasoning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken of a model's answer; against a model server over real HTTP. */
@Timeout(60)
class LlmReasonerTest {

    private static final RecordRef ORIGIN = new RecordRef("investigation-requests", 0, 0L);
    private static final String GOOD = answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E1");

    private final Diagnosis diagnosis = InvestigationScene.diagnosis(Scenes.leak(), ORIGIN);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void an_answer_that_agrees_is_taken_with_the_rankers_confidence_and_remedy(Dialect dialect) throws IOException {
        try (ScriptedModel server = new ScriptedModel(dialect, ScriptedModel.says(GOOD))) {
            Reasoning reasoning = ModelHouse.reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.note()).startsWith("model scripted@");
            assertThat(reasoning.conclusion()).hasValueSatisfying(conclusion -> {
                assertThat(conclusion.engine()).isEqualTo(Engine.LLM);
                assertThat(conclusion.disagreement()).isEmpty();
                assertThat(conclusion.answer().proposal().orElseThrow().getAction())
                        .isEqualTo(ActionKind.ROLLING_RESTART);
                assertThat(conclusion.answer().proposal().orElseThrow().getPersonOnly())
                        .isEmpty();
                assertThat(conclusion.hypotheses().get(0).getChain()).hasSize(3);
                assertThat(conclusion.hypotheses().get(0).getConfidence())
                        .isEqualTo(diagnosis.ranking().best().getConfidence());
            });
            assertThat(reasoning.trail().grounding()).isEqualTo(new Reasoning.Grounding(1, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void claims_that_cite_evidence_which_does_not_exist_are_dropped_and_counted(Dialect dialect) throws IOException {
        String half = answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E1", "E999", "E2", "nothing");
        try (ScriptedModel server = new ScriptedModel(dialect, ScriptedModel.says(half))) {
            Reasoning reasoning = ModelHouse.reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.trail().grounding()).isEqualTo(new Reasoning.Grounding(4, 2));
            assertThat(reasoning.trail().grounding().share()).isEqualTo(0.5);
            assertThat(reasoning.conclusion().orElseThrow().hypotheses().get(0).getEvidenceFor())
                    .extracting(Claim::getEvidenceIds)
                    .containsExactly(List.of("E1"), List.of("E2"));
        }
    }

    @Test
    void evidence_that_exists_and_was_not_shown_can_not_be_cited() throws IOException {
        String last = "E" + diagnosis.evidence().size();
        String unseen = answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E1", last);
        ModelHouse house = new ModelHouse();
        house.contextTokens = 4_096;
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.says(unseen))) {
            Reasoning reasoning = house.before(server).reason(diagnosis, null, SOON);

            assertThat(server.requests().get(0)).doesNotContain("[" + last + "]");
            assertThat(reasoning.trail().grounding()).isEqualTo(new Reasoning.Grounding(2, 1));
        }
    }

    @Test
    void a_skill_is_advice_and_a_claim_needs_an_observation_beside_it() throws IOException {
        List<EvidenceItem> items = new ArrayList<>(diagnosis.evidence());
        items.add(0, new EvidenceItem("E900", EvidenceKind.SKILL, null, "skill memory-leak", List.of(), null, null));
        Diagnosis advised = diagnosis.restingOn(items);
        String alone = answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E900");
        String beside = answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E900", "E1")
                .replace("[\"E900\"]", "[\"E900\",\"E1\"]");
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.says(alone), ScriptedModel.says(beside))) {
            Reasoning reasoning = ModelHouse.reasoner(server).reason(advised, null, SOON);

            assertThat(server.requests().get(0)).contains("[E900] skill");
            assertThat(server.requests()).as("the first answer was sent back").hasSize(2);
            assertThat(reasoning.trail().grounding()).isEqualTo(new Reasoning.Grounding(2, 0));
            assertThat(reasoning.conclusion().orElseThrow().hypotheses().get(0).getEvidenceFor())
                    .extracting(Claim::getEvidenceIds)
                    .containsExactly(List.of("E900", "E1"), List.of("E1"));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void an_answer_that_cites_nothing_that_exists_is_not_taken(Dialect dialect) throws IOException {
        expectRefusal(
                dialect,
                answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E999"),
                "no existing evidence",
                2);
    }

    @Test
    void a_service_that_nobody_knows_is_no_cause() throws IOException {
        expectRefusal(
                Dialect.OPENAI, answer("nonesuch", "MEMORY_LEAK", "-", "", "E1"), "neither inventory nor evidence", 2);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void an_action_outside_of_the_catalogue_discredits_the_answer(Dialect dialect) throws IOException {
        expectRefusal(
                dialect,
                answer("inventory", "MEMORY_LEAK", "DROP_DATABASE", "inventory", "E1"),
                "not in the catalogue",
                1);
        expectRefusal(
                dialect, answer("inventory", "MEMORY_LEAK", "UNKNOWN", "inventory", "E1"), "not in the catalogue", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "all", "demo/shop/*", "demo/shop/inventory,demo/shop/orders", "demo/shop/nothing"})
    void all_services_an_empty_target_and_one_outside_of_the_inventory_discredit_the_answer(String target)
            throws IOException {
        expectRefusal(
                Dialect.OPENAI,
                answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", target, "E1"),
                "not in the inventory",
                1);
    }

    @Test
    void all_services_are_no_target_in_any_protocol() throws IOException {
        for (Dialect dialect : Dialect.values()) {
            String all = answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "*", "E1");
            expectRefusal(dialect, all, "not in the inventory", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hypotheses\": [{\"service\": ",
                "{\"hypotheses\": [null]}",
                "{\"hypotheses\": {\"a\":1}}",
                "{\"hypotheses\": []}",
                "I don't know.",
                ""
            })
    void broken_json_is_asked_for_once_more_and_then_not_taken(String broken) throws IOException {
        expectRefusal(Dialect.OPENAI, broken, "", 2);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_model_that_changes_its_mind_when_asked_once_more_is_heard(Dialect dialect) throws IOException {
        try (ScriptedModel server =
                new ScriptedModel(dialect, ScriptedModel.says("It is the pool. Or not."), ScriptedModel.says(GOOD))) {
            Reasoning reasoning = ModelHouse.reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isPresent();
            assertThat(server.requests().get(1)).contains("\"" + Instructions.UNUSABLE + "\"");
        }
    }

    @Test
    void another_listed_action_is_kept_as_considered_while_the_catalogue_decides() throws IOException {
        String scale = answer("inventory", "MEMORY_LEAK", "SCALE", "inventory", "E1");
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.says(scale))) {
            Reasoning.Conclusion conclusion = ModelHouse.reasoner(server)
                    .reason(diagnosis, null, SOON)
                    .conclusion()
                    .orElseThrow();

            assertThat(conclusion.answer().proposal().orElseThrow().getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
            assertThat(conclusion.answer().considered())
                    .anySatisfy(refused -> assertThat(refused.getWhat()).contains("SCALE"));
        }
    }

    private void expectRefusal(Dialect dialect, String content, String why, int calls) throws IOException {
        try (ScriptedModel server = new ScriptedModel(dialect, ScriptedModel.says(content))) {
            Reasoning reasoning = ModelHouse.reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isEmpty();
            assertThat(reasoning.note()).contains("not taken").contains(why);
            assertThat(reasoning.trail().calls()).hasSize(calls);
        }
    }
}
