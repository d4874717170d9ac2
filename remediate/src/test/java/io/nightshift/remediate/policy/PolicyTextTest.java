package io.nightshift.remediate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.PolicyException;
import io.nightshift.remediate.domain.PolicyJudge.Answer;
import io.nightshift.remediate.domain.PolicyQuestion;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTextTest {

    private final CedarPolicy cautious = PolicyText.cautious().load();

    private static PolicyQuestion question(
            int level, double confidence, Reversibility reversibility, CauseClass cause) {
        return new PolicyQuestion(
                "demo",
                "demo/shop/inventory",
                "stateless",
                ActionKind.ROLLING_RESTART,
                "",
                cause,
                reversibility,
                Engine.DETERMINISTIC,
                level,
                confidence,
                reversibility == Reversibility.IRREVERSIBLE,
                true,
                2,
                Set.of(EvidenceKind.METRIC),
                Instant.parse("2026-11-22T03:00:00Z"));
    }

    private static PolicyQuestion leak(int level, double confidence) {
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
                @id("demo") permit (principal, action, resource in Environment::"demo")
                when { context.level >= 4 && !context.protected && context.reversibility != "IRREVERSIBLE" };
                @id("not-inventory") forbid (principal, action == Action::"act", resource == Service::"demo/shop/inventory");
                """).load();
        Answer answer = policy.judge(leak(4, 0));
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
    void aPolicyMayLookAtClassPlaybookEvidenceAndTime() {
        assertThat(permits("context.serviceClass == \"stateless\"")).isTrue();
        assertThat(permits("context.serviceClass == \"stateful\"")).isFalse();
        assertThat(permits("context.playbook == \"\"")).isTrue();
        assertThat(permits("context.evidence.contains(\"METRIC\")")).isTrue();
        assertThat(permits("context.evidence.contains(\"TRACE\")")).isFalse();
        assertThat(permits("context.hour >= 3 && context.hour < 4")).isTrue();
        assertThat(permits("context.weekday == 7")).as("a Sunday").isTrue();
    }

    private static boolean permits(String condition) {
        return new PolicyText(
                                "p",
                                "@id(\"a\") permit (principal, action == Action::\"ask\", resource) when { " + condition
                                        + " };")
                        .load()
                        .judge(leak(3, 1))
                        .decision()
                == Decision.ASK;
    }

    @Test
    void aPolicyThatWouldAllowWhatNoneMayIsRefused() {
        assertThatThrownBy(
                        () -> new PolicyText("p", "// all\n@id(\"all\") permit (principal, action, resource);").load())
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("p:2: the rule 'all' would let Nightshift act alone at level 1")
                .hasMessageContaining("add context.level >= 4");
        assertThatThrownBy(() -> new PolicyText("p", """
                @id("a") permit (principal, action == Action::"act", resource == Service::"prod/shop/cart")
                when { context.level == 5 && context.kind == "SCALE" && context.serviceClass == "web" };
                """).load())
                .as("however narrow the rule")
                .hasMessageContaining("though it is irreversible");
        assertThatThrownBy(() -> new PolicyText("p", """
                @id("a") permit (principal, action == Action::"act", resource)
                when { context.level == 5 && (context.protected || context.reversibility != "IRREVERSIBLE") };
                """).load())
                .hasMessageContaining("on a protected target")
                .hasMessageContaining("!context.protected");
    }

    @Test
    void annotationsAreHeededOrRefused() {
        assertThatThrownBy(() ->
                        new PolicyText("p", "@id(\"a\") @qorum(\"2\") permit (principal, action, resource);").load())
                .hasMessageContaining("nothing heeds the annotation @qorum");
        assertThatThrownBy(() ->
                        new PolicyText("p", "@id(\"a\") @quorum(\"0\") permit (principal, action, resource);").load())
                .hasMessageContaining("from 1 to 9");
        Answer answer = Profile.REGULATED
                .policy()
                .load()
                .judge(question(5, 1, Reversibility.COMPENSABLE, CauseClass.MEMORY_LEAK));
        assertThat(answer.decision()).isEqualTo(Decision.ASK);
        assertThat(answer.quorum()).isEqualTo(2);
        assertThat(answer.fourEyes()).isTrue();
    }

    @Test
    void theProfilesDifferInWhatTheyLeaveToPeople() {
        CedarPolicy standard = Profile.STANDARD.policy().load();
        CedarPolicy regulated = Profile.REGULATED.policy().load();
        PolicyQuestion compensable = question(5, 1, Reversibility.COMPENSABLE, CauseClass.MEMORY_LEAK);
        assertThat(standard.judge(compensable).decision()).isEqualTo(Decision.ALLOW);
        assertThat(cautious.judge(compensable).decision()).isEqualTo(Decision.ASK);
        assertThat(standard.judge(leak(3, 1)).decision()).isEqualTo(Decision.ASK);
        assertThat(regulated.judge(leak(5, 1)).decision()).isEqualTo(Decision.ASK);
        assertThat(regulated.judge(leak(2, 1)).decision()).isEqualTo(Decision.DENY);
    }
}
