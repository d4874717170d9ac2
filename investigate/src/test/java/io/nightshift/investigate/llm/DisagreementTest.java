package io.nightshift.investigate.llm;

import static io.nightshift.investigate.llm.ModelHouse.SOON;
import static io.nightshift.investigate.llm.ModelHouse.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Proposal;
import io.nightshift.events.RecordRef;
import io.nightshift.investigate.InvestigationScene;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.investigate.worker.Reasoning;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model that differs from the ranker: kept, doubted, and only as strong as what is known of it. */
@Timeout(60)
class DisagreementTest {

    private static final RecordRef ORIGIN = new RecordRef("investigation-requests", 0, 0L);

    private final Diagnosis leak = InvestigationScene.diagnosis(Scenes.leak(), ORIGIN);

    /** Nothing but a little slowness at the edge and a busy service: the ranker proposes nothing. */
    private final Diagnosis vague = InvestigationScene.diagnosis(
            Scenes.shop()
                    .latency("gateway", 50, 70, 30, 0.6, 0)
                    .metric("payments", "payments-1", "queue.length", AnomalyKind.LEVEL_SHIFT, 0.5, 20),
            ORIGIN);

    @Test
    void another_cause_is_kept_lowers_the_confidence_and_leaves_the_action() throws IOException {
        Reasoning reasoning = ask(leak, new ModelHouse(), elsewhere(leak));
        Reasoning.Conclusion conclusion = reasoning.conclusion().orElseThrow();
        Proposal own = leak.answer().proposal().orElseThrow();
        Proposal proposal = conclusion.answer().proposal().orElseThrow();

        assertThat(conclusion.engine()).isEqualTo(Engine.DETERMINISTIC);
        assertThat(reasoning.note()).contains("differs and was not followed");
        assertThat(conclusion.disagreement()).hasValueSatisfying(text -> assertThat(text)
                .contains("payments")
                .contains("CPU_SATURATION")
                .contains("not among the ranker's first three"));
        assertThat(proposal.getAction()).isEqualTo(own.getAction());
        assertThat(proposal.getTarget()).isEqualTo(own.getTarget());
        assertThat(proposal.getConfidence()).isLessThan(own.getConfidence()).isGreaterThanOrEqualTo(0.5);
        assertThat(conclusion.hypotheses().get(0).getConfidence()).isEqualTo(proposal.getConfidence());
        assertThat(conclusion.answer().considered())
                .anySatisfy(refused -> assertThat(refused.getWhat()).startsWith("The model's cause:"));
    }

    @Test
    void a_version_that_passed_an_evaluation_is_followed_with_doubt_and_without_a_persons_yes() throws IOException {
        Reasoning.Conclusion conclusion =
                ask(leak, evaluated(leak), elsewhere(leak)).conclusion().orElseThrow();
        Proposal proposal = conclusion.answer().proposal().orElseThrow();

        assertThat(conclusion.engine()).isEqualTo(Engine.LLM);
        assertThat(conclusion.disagreement()).isPresent();
        assertThat(proposal.getTarget()).isEqualTo(Scenes.id("payments"));
        assertThat(proposal.getPersonOnly()).isEmpty();
        assertThat(proposal.getConfidence()).isLessThan(0.9);
    }

    @Test
    void a_version_that_passed_an_evaluation_may_choose_among_the_remedies_of_the_catalogue() throws IOException {
        String undo = answer("inventory", "MEMORY_LEAK", "ROLL_BACK_RELEASE", "inventory", "E1");

        assertThat(proposed(ask(leak, new ModelHouse(), undo)).getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
        assertThat(proposed(ask(leak, evaluated(leak), undo)).getAction()).isEqualTo(ActionKind.ROLL_BACK_RELEASE);
        String scale = answer("inventory", "MEMORY_LEAK", "SCALE", "inventory", "E1");
        assertThat(proposed(ask(leak, evaluated(leak), scale)).getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
    }

    @Test
    void where_the_ranker_proposes_nothing_only_an_evaluated_version_proposes_something() throws IOException {
        assertThat(vague.answer().proposal()).isEmpty();
        assertThat(vague.ranking().top()).doesNotContain(Scenes.id("payments") + "|MEMORY_LEAK");
        String measured = ModelHouse.evidence(vague, "payments", EvidenceKind.ANOMALY);
        String leaking = answer("payments", "MEMORY_LEAK", "ROLLING_RESTART", "payments", measured);

        Reasoning.Conclusion unknown =
                ask(vague, new ModelHouse(), leaking).conclusion().orElseThrow();
        Proposal proposal = proposed(ask(vague, evaluated(vague), leaking));

        assertThat(unknown.answer().proposal()).isEmpty();
        assertThat(unknown.engine()).isEqualTo(Engine.DETERMINISTIC);
        assertThat(unknown.disagreement()).hasValueSatisfying(words -> assertThat(words)
                .contains("payments", "not among the ranker's first three"));
        assertThat(unknown.answer().considered())
                .anySatisfy(considered -> assertThat(considered.getWhat()).contains("ROLLING_RESTART"));
        assertThat(proposal.getTarget()).isEqualTo(Scenes.id("payments"));
        assertThat(proposal.getCauseClass()).isEqualTo(CauseClass.MEMORY_LEAK);
    }

    private static String elsewhere(Diagnosis diagnosis) {
        return answer(
                "payments",
                "CPU_SATURATION",
                "ROLLING_RESTART",
                "payments",
                ModelHouse.evidence(diagnosis, "payments", EvidenceKind.ANOMALY));
    }

    /** The operator lists the version that the note of an investigation named. */
    private static ModelHouse evaluated(Diagnosis diagnosis) throws IOException {
        String note = ask(diagnosis, new ModelHouse(), elsewhere(diagnosis)).note();
        ModelHouse house = new ModelHouse();
        house.evaluated = Set.of(note.split(" ")[1]);
        return house;
    }

    private static Proposal proposed(Reasoning reasoning) {
        return reasoning.conclusion().orElseThrow().answer().proposal().orElseThrow();
    }

    private static Reasoning ask(Diagnosis diagnosis, ModelHouse house, String answer) throws IOException {
        try (ScriptedModel server = new ScriptedModel(ScriptedModel.says(answer))) {
            return house.before(server).reason(diagnosis, null, SOON);
        }
    }
}
