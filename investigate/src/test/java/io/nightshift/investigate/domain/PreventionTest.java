package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Proposal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is foretold is acted on before it comes, and what was withdrawn is not. */
class PreventionTest {

    private static final String DISK = "system.filesystem.usage";
    private static final String HEAP = "jvm.memory.used_after_last_gc";

    private static Answer answer(Scenes scene) {
        Case subject = scene.asCase();
        Ranking ranking = CausalRanker.rank(subject);
        return RemedyChoice.choose(subject, ranking, ranking.best(), 0.5);
    }

    private static Hypothesis best(Scenes scene) {
        return CausalRanker.rank(scene.asCase()).best();
    }

    private static Scenes fillingDisk() {
        return Scenes.shop().supports(ActionKind.FREE_DISK).foretold("payments", "payments-1", DISK, 0.82, 300, 60);
    }

    @Test
    void a_disk_that_will_be_full_is_freed_before_and_the_rationale_says_when() {
        Proposal proposal = answer(fillingDisk()).proposal().orElseThrow();

        assertThat(proposal.getAction()).isEqualTo(ActionKind.FREE_DISK);
        assertThat(proposal.getCauseClass()).isEqualTo(CauseClass.DISK_FILLING);
        assertThat(proposal.getRationale())
                .contains("Nobody suffers yet")
                .contains("at about 03:17:00, between 03:16:00 and 03:18:00");
        assertThat(proposal.getEvidenceIds()).isNotEmpty();
    }

    @Test
    void a_certificate_is_rotated_before_it_expires() {
        Scenes scene = Scenes.shop()
                .supports(ActionKind.ROTATE_CERTIFICATE)
                .expires("payments", "payments-1", Map.of("certificate.name", "receipts"), 240);

        assertThat(best(scene).getConfidence()).isGreaterThan(0.9);
        assertThat(best(scene).getSentence()).contains("it expires at 03:16:00");
        assertThat(answer(scene).proposal()).hasValueSatisfying(proposal -> {
            assertThat(proposal.getAction()).isEqualTo(ActionKind.ROTATE_CERTIFICATE);
            assertThat(proposal.getArguments()).containsOnly(Map.entry("certificate", "receipts"));
        });
    }

    @Test
    void a_name_of_a_certificate_that_is_no_identifier_goes_to_no_target() {
        Scenes scene = Scenes.shop()
                .supports(ActionKind.ROTATE_CERTIFICATE)
                .expires("payments", "payments-1", Map.of("certificate.name", "receipts; rm -rf /"), 240);

        assertThat(answer(scene).proposal()).isEmpty();
        assertThat(answer(scene).considered())
                .anySatisfy(refused -> assertThat(refused.getWhy()).contains("no evidence names a usable certificate"));
    }

    @Test
    void a_leak_and_a_pool_are_told_apart_by_what_will_run_out() {
        Scenes leak = Scenes.shop().foretold("orders", "orders-1", HEAP, 0.85, 600, 120);
        Scenes pool = Scenes.shop().foretold("inventory", "inventory-1", "db.client.connection.count", 0.85, 300, 30);

        assertThat(Ranking.nameOf(best(leak))).isEqualTo(Scenes.id("orders") + "|MEMORY_LEAK");
        assertThat(Ranking.nameOf(best(pool))).isEqualTo(Scenes.id("inventory") + "|CONNECTION_POOL_EXHAUSTION");
        assertThat(best(pool).getInstance()).isEqualTo("inventory-1");
        assertThat(answer(pool).proposal().orElseThrow().getInstances()).containsExactly("inventory-1");
    }

    @Test
    void a_vague_end_gives_less_confidence_than_a_sure_one() {
        double vague = best(Scenes.shop().foretold("payments", "payments-1", DISK, 0.82, 300, 290))
                .getConfidence();
        double sure = best(Scenes.shop().foretold("payments", "payments-1", DISK, 0.82, 300, 5))
                .getConfidence();

        assertThat(vague).isBetween(0.5, 0.6);
        assertThat(sure).isGreaterThan(0.9);
    }

    @Test
    void hints_beside_a_forecast_do_not_hide_it() {
        Scenes scene = fillingDisk()
                .metric("orders", "orders-1", "jvm.cpu.recent_utilization", AnomalyKind.LEVEL_SHIFT, 6, 0)
                .log("payments", "ERROR disk broken, restart store", 3, 1);

        assertThat(Ranking.nameOf(best(scene))).isEqualTo(Scenes.id("payments") + "|DISK_FILLING");
    }

    @Test
    void a_withdrawn_forecast_leads_to_nothing() {
        Scenes scene = fillingDisk().over();

        assertThat(best(scene).getCauseClass()).isEqualTo(CauseClass.NO_CULPRIT);
        assertThat(answer(scene).proposal()).isEmpty();
    }

    @Test
    void once_requests_suffer_the_cause_is_sought_among_what_has_happened() {
        Scenes scene = fillingDisk()
                .release("inventory", "1.4.1", "1.4.0", -60)
                .errors("inventory", 0.4, 30, 6, 0)
                .errors("orders", 0.3, 30, 5, 2)
                .errors("gateway", 0.3, 30, 5, 3);

        assertThat(Ranking.nameOf(best(scene))).isEqualTo(Scenes.id("inventory") + "|BAD_RELEASE");
    }
}
