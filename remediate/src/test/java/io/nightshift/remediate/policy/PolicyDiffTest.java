package io.nightshift.remediate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Reversibility;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyDiffTest {

    private static final String NO_LEAK_RESTARTS = """
            @id("leaks-are-for-people")
            forbid (principal, action == Action::"act", resource == Service::"prod/shop/cart")
            when { context.cause == "MEMORY_LEAK" };
            """;

    @Test
    void thePolicyItselfDiffersInNothing() {
        PolicyDiff same = PolicyDiff.between(Profile.CAUTIOUS.policy(), Profile.CAUTIOUS.policy());
        assertThat(same.changes()).isEmpty();
        assertThat(same.asked()).isPositive();
    }

    @Test
    void whatIsWiderIsMarkedWithWhereItIs() {
        PolicyDiff wider = PolicyDiff.between(Profile.CAUTIOUS.policy(), Profile.STANDARD.policy());
        assertThat(wider.isWider()).isTrue();
        assertThat(wider.changes()).allSatisfy(change -> {
            assertThat(change.before()).isEqualTo("ASK");
            assertThat(change.after()).isEqualTo("ALLOW");
            assertThat(change.levels()).containsExactly(5);
            assertThat(change.reversibilities()).containsExactly(Reversibility.COMPENSABLE);
        });
        assertThat(PolicyDiff.between(Profile.STANDARD.policy(), Profile.CAUTIOUS.policy())
                        .isWider())
                .isFalse();
    }

    @Test
    void moreEyesAreNarrowerAndFewerWider() {
        assertThat(PolicyDiff.between(Profile.CAUTIOUS.policy(), Profile.REGULATED.policy())
                        .changes())
                .isNotEmpty()
                .noneMatch(PolicyDiff.Change::wider)
                .anyMatch(change -> change.after().equals("ASK by four eyes"));
        assertThat(PolicyDiff.between(Profile.REGULATED.policy(), Profile.CAUTIOUS.policy())
                        .changes())
                .allMatch(PolicyDiff.Change::wider);
    }

    @Test
    void aRuleAboutOneServiceShowsThereOnly() {
        PolicyText narrower = new PolicyText("p", Profile.CAUTIOUS.policy().text() + NO_LEAK_RESTARTS);
        List<PolicyDiff.Change> changes =
                PolicyDiff.between(Profile.CAUTIOUS.policy(), narrower).changes();
        assertThat(changes).isNotEmpty().allSatisfy(change -> {
            assertThat(change.service()).isEqualTo("prod/shop/cart");
            assertThat(change.cause()).isEqualTo(CauseClass.MEMORY_LEAK);
            assertThat(change.wider()).isFalse();
        });
        assertThat(changes).anyMatch(change -> change.action() == ActionKind.RESTART);
    }

    @Test
    void casesTellWhatDiffersAndWhere() {
        List<PolicyCases.Result> results = PolicyCases.run(
                ConfigFile.parse("cases.yaml", """
                cases:
                  - name: a leak at level 4
                    given: {action: RESTART, cause: MEMORY_LEAK, level: 4, confidence: 0.9}
                    expect: {decision: ALLOW, rules: [act-on-what-restores-itself]}
                  - name: the unsure
                    given: {action: RESTART, cause: MEMORY_LEAK, level: 4, confidence: 0.4}
                    expect: {decision: ASK, quorum: 1, fourEyes: false}
                  - name: a hope
                    given: {action: RESTART, cause: TRAFFIC_SURGE, level: 5}
                    expect: {decision: ALLOW}
                """), Profile.CAUTIOUS.policy().load());
        assertThat(results)
                .extracting(PolicyCases.Result::name)
                .containsExactly("a leak at level 4", "the unsure", "a hope");
        assertThat(results.get(0).fault()).isEmpty();
        assertThat(results.get(1).fault()).isEmpty();
        assertThat(results.get(2).fault())
                .contains("expected ALLOW, but the policy says DENY by a-surge-is-no-reason-to-restart");
        assertThat(results.get(2).where()).isEqualTo("cases.yaml:8");
    }

    @Test
    void aCaseThatIsNoneIsRefusedWithItsLine() {
        assertNoCase("cases: [{name: a, given: {action: DANCE}, expect: {decision: ASK}}]", "'DANCE' is not known");
        assertNoCase("cases: [{name: a, given: {actoin: RESTART}, expect: {decision: ASK}}]", "actoin");
        assertNoCase("cases: [{name: a, given: {action: RESTART}, expect: {decision: MAYBE}}]", "'MAYBE' is not known");
        assertNoCase("cases: []", "there is no case");
    }

    private static void assertNoCase(String text, String why) {
        assertThatThrownBy(() -> PolicyCases.run(
                        ConfigFile.parse("cases.yaml", text),
                        Profile.CAUTIOUS.policy().load()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cases.yaml:1")
                .hasMessageContaining(why);
    }
}
