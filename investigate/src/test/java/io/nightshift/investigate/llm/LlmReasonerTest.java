package io.nightshift.investigate.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Claim;
import io.nightshift.events.RecordRef;
import io.nightshift.investigate.InvestigationScene;
import io.nightshift.investigate.LlmSettings;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.investigate.worker.Reasoning;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a model server over real HTTP. */
@Timeout(60)
class LlmReasonerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final RecordRef ORIGIN = new RecordRef("investigation-requests", 0, 0L);

    private final Diagnosis diagnosis = InvestigationScene.diagnosis(Scenes.leak(), ORIGIN);

    @Test
    void an_answer_after_a_look_is_taken_and_every_call_is_recorded() throws IOException {
        try (ScriptedModel server = new ScriptedModel(
                ScriptedModel.callsTool("metrics", Map.of("service", Scenes.id("inventory"))),
                ScriptedModel.says(answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E1")))) {
            Reasoning reasoning = reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.note()).isEqualTo("model scripted");
            assertThat(reasoning.conclusion()).hasValueSatisfying(conclusion -> {
                assertThat(conclusion.groundedShare()).isEqualTo(1);
                assertThat(conclusion.answer().proposal().orElseThrow().getAction())
                        .isEqualTo(ActionKind.ROLLING_RESTART);
                assertThat(conclusion.hypotheses().get(0).getChain()).hasSize(3);
            });
            assertThat(reasoning.calls()).hasSize(2).allSatisfy(call -> {
                assertThat(call.getOutcome()).isEqualTo("ok");
                assertThat(call.getPromptDigest()).hasSize(64);
                assertThat(call.getInputTokens()).isEqualTo(100);
            });
            assertThat(server.requests().get(1))
                    .contains("jvm.memory.used_after_last_gc")
                    .contains("\"tool\"");
        }
    }

    @Test
    void claims_that_cite_evidence_which_does_not_exist_are_dropped_and_counted() throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.says(
                answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E1", "E999", "E2", "nothing")))) {
            Reasoning.Conclusion conclusion =
                    reasoner(server).reason(diagnosis, null, SOON).conclusion().orElseThrow();

            assertThat(conclusion.groundedShare()).isEqualTo(0.5);
            assertThat(conclusion.hypotheses().get(0).getEvidenceFor())
                    .extracting(Claim::getEvidenceIds)
                    .containsExactly(List.of("E1"), List.of("E2"));
        }
    }

    @Test
    void an_answer_that_cites_nothing_that_exists_is_not_taken() throws IOException {
        expectRefusal(
                answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E999"), "no existing evidence");
    }

    @Test
    void an_action_outside_of_the_catalogue_is_not_taken() throws IOException {
        expectRefusal(answer("inventory", "MEMORY_LEAK", "DROP_DATABASE", "inventory", "E1"), "not in the catalogue");
    }

    @Test
    void all_services_are_no_target() throws IOException {
        expectRefusal(answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "*", "E1"), "not in the inventory");
    }

    @Test
    void a_cause_that_the_ranker_does_not_have_among_its_first_three_is_not_taken() throws IOException {
        expectRefusal(answer("payments", "CPU_SATURATION", "ROLLING_RESTART", "payments", "E1"), "first three");
    }

    @Test
    void broken_json_is_not_taken() throws IOException {
        expectRefusal("{\"hypotheses\": [{\"service\": ", "no JSON object");
        expectRefusal("{\"hypotheses\": [null]}", "not taken");
        expectRefusal("{\"hypotheses\": {\"a\":1}}", "not the JSON");
    }

    @Test
    void another_listed_action_is_kept_as_considered_while_the_catalogue_decides() throws IOException {
        try (ScriptedModel server =
                new ScriptedModel(ScriptedModel.says(answer("inventory", "MEMORY_LEAK", "SCALE", "inventory", "E1")))) {
            Reasoning.Conclusion conclusion =
                    reasoner(server).reason(diagnosis, null, SOON).conclusion().orElseThrow();

            assertThat(conclusion.answer().proposal().orElseThrow().getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
            assertThat(conclusion.answer().considered())
                    .anySatisfy(refused -> assertThat(refused.getWhat()).contains("SCALE"));
        }
    }

    @Test
    void a_model_that_hangs_or_drips_is_left_within_the_time() throws IOException {
        for (ScriptedModel.Scene scene : List.of(ScriptedModel.hangs(), ScriptedModel.drips())) {
            try (ScriptedModel server = new ScriptedModel(scene)) {
                long begin = System.nanoTime();
                Reasoning reasoning = reasoner(server).reason(diagnosis, null, Duration.ofSeconds(1));

                assertThat(reasoning.conclusion()).isEmpty();
                assertThat(reasoning.note()).contains("did not answer in time");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            }
        }
    }

    @Test
    void one_call_that_drips_ends_at_its_own_timeout() throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.drips())) {
            LlmSettings hasty = settings(server, Duration.ofMillis(500), 60_000);
            Reasoning reasoning = new LlmReasoner(hasty, 0.5, Clock.systemUTC()).reason(diagnosis, null, SOON);

            assertThat(reasoning.note()).contains("no complete answer within 500 ms");
        }
    }

    @Test
    void ten_megabytes_are_broken_off() throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.floods(10 << 20))) {
            Reasoning reasoning = reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isEmpty();
            assertThat(reasoning.note()).contains("longer than 1048576 bytes");
        }
    }

    @Test
    void a_server_error_is_tried_again_once_and_then_told() throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.fails(500))) {
            Reasoning reasoning = reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isEmpty();
            assertThat(reasoning.note()).startsWith("the model failed");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_provider_that_changes_its_mind_on_retry_is_heard() throws IOException {
        try (ScriptedModel server = new ScriptedModel(
                ScriptedModel.fails(500),
                ScriptedModel.says(answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E1")))) {
            assertThat(reasoner(server).reason(diagnosis, null, SOON).conclusion())
                    .isPresent();
        }
    }

    @Test
    void a_model_that_keeps_failing_is_given_a_rest() throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.fails(400))) {
            LlmReasoner reasoner = reasoner(server);
            for (int i = 0; i < 3; i++) {
                reasoner.reason(diagnosis, null, SOON);
            }
            int asked = server.requests().size();

            assertThat(reasoner.reason(diagnosis, null, SOON).note()).contains("given a rest");
            assertThat(server.requests()).hasSize(asked);
        }
    }

    @Test
    void a_call_that_the_tokens_would_not_last_for_is_not_made() throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.fails(500))) {
            LlmSettings poor = settings(server, Duration.ofSeconds(5), 10);
            Reasoning reasoning = new LlmReasoner(poor, 0.5, Clock.systemUTC()).reason(diagnosis, null, SOON);

            assertThat(reasoning.note()).contains("tokens are used up");
            assertThat(server.requests()).isEmpty();
        }
    }

    private void expectRefusal(String content, String why) throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.says(content))) {
            Reasoning reasoning = reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isEmpty();
            assertThat(reasoning.note()).contains(why);
            assertThat(reasoning.calls()).hasSize(1);
        }
    }

    private static LlmReasoner reasoner(ScriptedModel server) {
        return new LlmReasoner(settings(server, Duration.ofSeconds(10), 60_000), 0.5, Clock.systemUTC());
    }

    static LlmSettings settings(ScriptedModel server, Duration timeout, long tokens) {
        return new LlmSettings(server.baseUrl(), "scripted", "", timeout, tokens, 1_000_000, 16_000);
    }

    /** A model's answer with one claim for each id. */
    static String answer(String service, String cause, String action, String target, String... evidence) {
        List<Map<String, Object>> claims = Arrays.stream(evidence)
                .map(id ->
                        Map.<String, Object>of("text", "because of " + id, "evidence", List.of(id), "against", false))
                .toList();
        return ScriptedModel.json(Map.of(
                "hypotheses",
                List.of(Map.of(
                        "service", Scenes.id(service), "causeClass", cause, "confidence", 0.9, "claims", claims)),
                "proposal",
                Map.of("action", action, "target", target.equals("*") ? "*" : Scenes.id(target)),
                "summary",
                "Found it."));
    }
}
