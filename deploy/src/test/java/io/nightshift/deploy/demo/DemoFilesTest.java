package io.nightshift.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.PolicyJudge.Answer;
import io.nightshift.remediate.domain.PolicyQuestion;
import io.nightshift.remediate.policy.CedarPolicy;
import io.nightshift.remediate.policy.PolicyText;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoFilesTest {

    private final CedarPolicy policy = new PolicyText("policy.cedar", DemoFiles.policy()).load();

    private Answer judge(ActionKind kind, CauseClass cause, Reversibility reversibility, int level) {
        return policy.judge(new PolicyQuestion(
                "demo",
                "demo/shop/payments",
                "stateless-web",
                kind,
                "",
                cause,
                reversibility,
                Engine.DETERMINISTIC,
                level,
                0.9,
                false,
                true,
                1,
                Set.of(EvidenceKind.METRIC),
                Instant.parse("2026-11-22T03:00:00Z")));
    }

    @Test
    void theShopFreesDiskAndRotatesCertificatesWithoutAQuestionFromLevelFourOn() {
        Answer disk = judge(ActionKind.FREE_DISK, CauseClass.DISK_FILLING, Reversibility.COMPENSABLE, 4);
        assertThat(disk.decision()).isEqualTo(Decision.ALLOW);
        assertThat(disk.rules()).containsExactly("the-shop-frees-disk-and-rotates-certificates");
        assertThat(judge(ActionKind.PLAYBOOK, CauseClass.CERTIFICATE_EXPIRY, Reversibility.COMPENSABLE, 4)
                        .decision())
                .isEqualTo(Decision.ALLOW);
        assertThat(judge(ActionKind.FREE_DISK, CauseClass.DISK_FILLING, Reversibility.COMPENSABLE, 3)
                        .decision())
                .isEqualTo(Decision.ASK);
    }

    @Test
    void theShopsPolicyPermitsNothingElseThatTheCautiousOneAsksAbout() {
        assertThat(judge(ActionKind.FREE_DISK, CauseClass.MEMORY_LEAK, Reversibility.COMPENSABLE, 4)
                        .decision())
                .isEqualTo(Decision.ASK);
        assertThat(judge(ActionKind.FREE_DISK, CauseClass.DISK_FILLING, Reversibility.IRREVERSIBLE, 5)
                        .decision())
                .isEqualTo(Decision.ASK);
    }
}
