package io.nightshift.investigate.llm;

import static io.nightshift.investigate.llm.ModelHouse.SOON;
import static io.nightshift.investigate.llm.ModelHouse.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ModelCall;
import io.nightshift.events.RecordRef;
import io.nightshift.investigate.InvestigationScene;
import io.nightshift.investigate.LlmSettings.Limits;
import io.nightshift.investigate.LlmSettings.Price;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.investigate.worker.Reasoning;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that hang, drip, fail, flood or cost too much; over real HTTP. */
@Timeout(60)
class BrokenModelTest {

    private static final RecordRef ORIGIN = new RecordRef("investigation-requests", 0, 0L);
    private static final String GOOD = answer("inventory", "MEMORY_LEAK", "ROLLING_RESTART", "inventory", "E1");

    private final Diagnosis diagnosis = InvestigationScene.diagnosis(Scenes.leak(), ORIGIN);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_model_that_hangs_or_drips_is_left_within_the_time(Dialect dialect) throws IOException {
        for (ScriptedModel.Scene scene : List.of(ScriptedModel.hangs(), ScriptedModel.drips())) {
            try (ScriptedModel server = new ScriptedModel(dialect, scene)) {
                long begin = System.nanoTime();
                Reasoning reasoning = ModelHouse.reasoner(server).reason(diagnosis, null, Duration.ofSeconds(1));

                assertThat(reasoning.conclusion()).isEmpty();
                assertThat(reasoning.note()).contains("did not answer in time");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            }
        }
    }

    @Test
    void one_call_that_drips_ends_at_its_own_timeout() throws IOException {
        ModelHouse hasty = new ModelHouse();
        hasty.timeout = Duration.ofMillis(500);
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.drips())) {
            Reasoning reasoning = hasty.before(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.note()).contains("no complete answer within 500 ms");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void ten_megabytes_are_broken_off(Dialect dialect) throws IOException {
        try (ScriptedModel server = new ScriptedModel(dialect, ScriptedModel.floods(10 << 20))) {
            Reasoning reasoning = ModelHouse.reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isEmpty();
            assertThat(reasoning.note()).contains("longer than 1048576 bytes");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_body_that_is_no_json_is_told(Dialect dialect) throws IOException {
        try (ScriptedModel server = new ScriptedModel(dialect, ScriptedModel.breaksOff())) {
            Reasoning reasoning = ModelHouse.reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isEmpty();
            assertThat(reasoning.note()).startsWith("the model failed");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_server_error_is_tried_again_twice_and_then_told(Dialect dialect) throws IOException {
        try (ScriptedModel server = new ScriptedModel(dialect, ScriptedModel.fails(500))) {
            Reasoning reasoning = ModelHouse.reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isEmpty();
            assertThat(reasoning.note()).startsWith("the model failed");
            assertThat(server.requests()).hasSize(3);
            assertThat(reasoning.trail().calls()).hasSize(3).allSatisfy(call -> assertThat(call.getOutcome())
                    .contains("out of order"));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void a_provider_that_changes_its_mind_on_retry_is_heard(Dialect dialect) throws IOException {
        try (ScriptedModel server = new ScriptedModel(
                dialect, ScriptedModel.fails(500), ScriptedModel.fails(429), ScriptedModel.says(GOOD))) {
            Reasoning reasoning = ModelHouse.reasoner(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isPresent();
            assertThat(reasoning.trail().calls())
                    .extracting(ModelCall::getParameters)
                    .last()
                    .asString()
                    .endsWith("attempt=3");
        }
    }

    @Test
    void a_refused_key_is_not_tried_again() throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.fails(401))) {
            ModelHouse.reasoner(server).reason(diagnosis, null, SOON);

            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_model_that_keeps_failing_is_given_a_rest() throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.fails(400))) {
            LlmReasoner reasoner = ModelHouse.reasoner(server);
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
        ModelHouse poor = new ModelHouse();
        poor.perIncident = new Limits(10, Long.MAX_VALUE, Duration.ofMinutes(1));
        expectNoCall(poor, "the incident's tokens are used up");
    }

    @Test
    void a_call_that_the_money_would_not_last_for_is_not_made() throws IOException {
        ModelHouse poor = new ModelHouse();
        poor.price = new Price(3, 15);
        poor.perDay = new Limits(1_000_000, 5_000, Duration.ofHours(1));
        expectNoCall(poor, "the day's money is used up");
    }

    @Test
    void without_time_left_today_nothing_is_asked() throws IOException {
        ModelHouse late = new ModelHouse();
        late.perDay = new Limits(1_000_000, Long.MAX_VALUE, Duration.ZERO);
        expectNoCall(late, "the day's time for the model is used up");
    }

    @Test
    void the_days_tokens_are_shared_by_all_incidents_and_running_out_is_no_failure_of_the_model() throws IOException {
        ModelHouse house = new ModelHouse();
        house.perDay = new Limits(10_000, Long.MAX_VALUE, Duration.ofHours(1));
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.says(GOOD))) {
            LlmReasoner reasoner = house.before(server);
            int answered = 0;
            while (reasoner.reason(diagnosis, null, SOON).conclusion().isPresent()) {
                answered++;
            }
            assertThat(answered).isPositive().isEqualTo(server.requests().size());
            for (int i = 0; i < 5; i++) {
                assertThat(reasoner.reason(diagnosis, null, SOON).note()).isEqualTo("the day's tokens are used up");
            }
        }
    }

    private void expectNoCall(ModelHouse house, String why) throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.says(GOOD))) {
            Reasoning reasoning = house.before(server).reason(diagnosis, null, SOON);

            assertThat(reasoning.conclusion()).isEmpty();
            assertThat(reasoning.note()).isEqualTo(why);
            assertThat(server.requests()).isEmpty();
        }
    }
}
