package io.nightshift.remediate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.Engine;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.PolicyJudge.Answer;
import io.nightshift.remediate.domain.PolicyJudge.Question;
import org.junit.jupiter.api.Test;

class PolicyTextTest {

    private final CedarPolicy cautious = PolicyText.cautious().load();

    private static Question question(int level, double confidence, Reversibility reversibility, CauseClass cause) {
        return new Question(
                "demo",
                "demo/shop/inventory",
                ActionKind.ROLLING_RESTART,
                cause,
                reversibility,
                Engine.DETERMINISTIC,
                level,
                confidence,
                reversibility == Reversibility.IRREVERSIBLE,
                true,
                2);
    }

    private static Question leak(int level, double confidence) {
        return question(level, confidence, Reversibility.SELF_RESTORING, CauseClass.MEMORY_LEAK);
    }

    @Test
    void theCautiousPolicyActsAtFourAsksAtThreeAndDeniesBelow() {
        assertThat(cautious.judge(leak(4, 0.9)).decision()).isEqualTo(Decision.ALLOW);
        assertThat(cautious.judge(leak(4, 0.9)).rules()).containsExactly("act-on-what-restores-itself");
        assertThat(cautious.judge(leak(4, 0.59)).decision()).isEqualTo(Decision.ASK);
        assertThat(cautious.judge(leak(4, Double.NaN)).decision()).isEqualTo(Decision.ASK);
        assertThat(cautious.judge(leak(3, 0.9)).rules()).containsExactly("ask-from-level-3");
        Answer denied = cautious.judge(leak(2, 0.9));
        assertThat(denied.decision()).isEqualTo(Decision.DENY);
        assertThat(denied.rules()).as("default deny: no rule decided").isEmpty();
    }

    @Test
    void aForbidWinsOverEveryPermitAndIsNamed() {
        Answer surge = cautious.judge(question(5, 1, Reversibility.UNDOABLE, CauseClass.TRAFFIC_SURGE));
        assertThat(surge.decision()).isEqualTo(Decision.DENY);
        assertThat(surge.rules()).containsExactly("a-surge-is-no-reason-to-restart");
        assertThat(cautious.judge(question(5, 1, Reversibility.IRREVERSIBLE, CauseClass.MEMORY_LEAK))
                        .decision())
                .isEqualTo(Decision.ASK);
    }

    @Test
    void aServiceCanBeNamedAndItsEnvironmentToo() {
        CedarPolicy policy = new PolicyText("p.cedar", """
                @id("demo") permit (principal, action, resource in Environment::"demo");
                @id("not-inventory") forbid (principal, action == Action::"act", resource == Service::"demo/shop/inventory");
                """).load();
        Answer answer = policy.judge(leak(1, 0));
        assertThat(answer.decision()).isEqualTo(Decision.ASK);
        assertThat(answer.rules()).containsExactly("demo");
    }

    @Test
    void aMalformedPolicyNamesFileLineReasonAndRemedy() {
        assertThatThrownBy(() -> new PolicyText("mine.cedar", """
                // fine
                @id("a") permit (principal, action, resource);

                @id("b")
                permit (principal, action resource);
                """).load())
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("mine.cedar:4: it is not a Cedar policy")
                .hasMessageContaining("correct");
    }

    @Test
    void aPolicyThatContradictsTheSchemaNamesItsLine() {
        assertThatThrownBy(() -> new PolicyText("mine.cedar", """
                @id("a") permit (principal, action, resource);
                @id("b") permit (principal, action, resource) when { context.levle >= 3 };
                """).load())
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("mine.cedar:2: the rule contradicts the schema")
                .hasMessageContaining("levle");
    }

    @Test
    void rulesHaveNamesOfTheirOwnAndThereIsAtLeastOne() {
        assertThatThrownBy(() -> new PolicyText("p", "\npermit (principal, action, resource);").load())
                .hasMessageStartingWith("p:2: the rule has no name");
        assertThatThrownBy(() -> new PolicyText("p", """
                @id("a") permit (principal, action, resource);
                @id("a") forbid (principal, action, resource);
                """).load()).hasMessageContaining("two rules are named 'a'");
        assertThatThrownBy(() -> new PolicyText("p", "// nothing\n").load()).hasMessageContaining("no policy");
    }

    @Test
    void theLastGoodPolicyStaysInForce() {
        PolicyBook book = new PolicyBook(PolicyText.cautious());
        String version = book.version();
        assertThat(book.replace(new PolicyText("p", "permit ("))).isFalse();
        assertThat(book.version()).isEqualTo(version);
        assertThat(book.replace(new PolicyText("p", "@id(\"none\") forbid (principal, action, resource);")))
                .isTrue();
        assertThat(book.version()).isNotEqualTo(version);
        assertThat(book.judge(leak(5, 1)).decision()).isEqualTo(Decision.DENY);
    }
}
