package io.nightshift.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each thing that must not be is found, so that a run without findings says something. */
class JoinTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int CAP = 2;

    private final Join join = new Join(true, START.plusSeconds(600));

    @Test
    void findsNothingWhereEachEffectHasItsVerdictAndIntent() {
        allowed("act-1", 0, "plan");
        intent("act-1", 7, 1, "plan");
        ended("act-1", 10);

        Findings findings = join.with(List.of(effect("a", "act-1/0", 7, "plan", 2, 3)), true, CAP);

        assertThat(findings.isGood()).isTrue();
        assertThat(findings.actions()).isEqualTo(1);
        assertThat(findings.effects()).isEqualTo(1);
    }

    @Test
    void countsAnEffectTwiceOfOneKeyApartForFencedAndDumbTargets() {
        List<Oracle.Effect> twice =
                List.of(effect("a", "act-1/0", 7, "plan", 2, 3), effect("a", "act-1/0", 9, "plan", 4, 5));

        assertThat(join.with(twice, true, CAP).duplicates()).isEqualTo(1);
        assertThat(join.with(twice, true, CAP).dumbDuplicates()).isZero();
        assertThat(join.with(twice, false, CAP).dumbDuplicates()).isEqualTo(1);
    }

    @Test
    void anEffectWithoutVerdictOrWithAnotherPlanOrTokenIsUnjustified() {
        allowed("act-1", 0, "plan");
        intent("act-1", 7, 1, "plan");
        intent("act-2", 8, 1, "plan");

        assertThat(unjustified(effect("a", "act-1/0", 7, "plan", 2, 3))).isZero();
        assertThat(unjustified(effect("a", "act-2/0", 8, "plan", 2, 3))).isEqualTo(1);
        assertThat(unjustified(effect("a", "act-1/0", 7, "another", 2, 3))).isEqualTo(1);
        assertThat(unjustified(effect("a", "act-1/0", 6, "plan", 2, 3))).isEqualTo(1);
    }

    @Test
    void anEffectBeforeItsIntentIsUnjustified() {
        allowed("act-1", 0, "plan");
        intent("act-1", 7, 5, "plan");

        assertThat(unjustified(effect("a", "act-1/0", 7, "plan", 2, 3))).isEqualTo(1);
    }

    @Test
    void anActionThatEndsLateOrNotAtAllIsOverdue() {
        allowed("act-1", 0, "plan");
        ended("act-1", 120);
        allowed("act-2", 0, "plan");

        assertThat(join.with(List.of(), true, CAP).overdue()).isEqualTo(2);
    }

    @Test
    void anActionThatIsStillWithinItsDeadlineIsNotOverdue() {
        allowed("act-1", 590, "plan");

        assertThat(join.with(List.of(), true, CAP).overdue()).isZero();
    }

    @Test
    void twoAtOnceOnOneServiceAndMoreThanTheCapInAllAreFound() {
        assertThat(join.with(List.of(effect("a", "1/0", 1, "p", 1, 5), effect("a", "2/0", 2, "p", 4, 6)), true, CAP)
                        .capsExceeded())
                .isEqualTo(1);
        assertThat(join.with(
                                List.of(
                                        effect("a", "1/0", 1, "p", 1, 5),
                                        effect("b", "2/0", 1, "p", 2, 5),
                                        effect("c", "3/0", 1, "p", 3, 5)),
                                true,
                                CAP)
                        .capsExceeded())
                .isEqualTo(1);
    }

    @Test
    void anEffectAfterOneWithAHigherTokenIsOutOfOrder() {
        List<Oracle.Effect> effects = List.of(effect("a", "1/0", 9, "p", 1, 2), effect("a", "2/0", 8, "p", 3, 4));

        assertThat(join.with(effects, true, CAP).disordered()).isEqualTo(1);
    }

    private int unjustified(Oracle.Effect effect) {
        return join.with(List.of(effect), true, CAP).unjustified();
    }

    private static Oracle.Effect effect(String service, String key, long token, String plan, int from, int to) {
        return new Oracle.Effect(service, key, token, "restart", service + "-1", plan, millis(from), millis(to));
    }

    private static long millis(int second) {
        return START.plusSeconds(second).toEpochMilli();
    }

    private void allowed(String action, int second, String plan) {
        join.add(event(action, ActionStatus.ALLOWED, second, plan)
                .setDeadline(START.plusSeconds(second + 60))
                .build());
    }

    private void ended(String action, int second) {
        join.add(event(action, ActionStatus.RECOVERED, second, "plan").build());
    }

    private static ActionEvent.Builder event(String action, ActionStatus status, int second, String plan) {
        return ActionEvent.newBuilder()
                .setId(action + status)
                .setActionId(action)
                .setStatus(status)
                .setAt(START.plusSeconds(second))
                .setIncidentId("inc-1")
                .setEnvironment("chaos")
                .setService("chaos/estate/a")
                .setAction(ActionKind.RESTART)
                .setTarget("chaos/estate/a")
                .setPlanHash(plan)
                .setSentence("");
    }

    private void intent(String action, long offset, int second, String plan) {
        join.add(
                JournalEntry.newBuilder()
                        .setActionId(action)
                        .setPlanHash(plan)
                        .setTarget("chaos/estate/a")
                        .setInstance("a-1")
                        .setStep(0)
                        .setPhase(JournalPhase.STARTED)
                        .setAction(ActionKind.RESTART)
                        .setAt(START.plusSeconds(second))
                        .setDeadline(START.plusSeconds(second + 10))
                        .setIncidentId("inc-1")
                        .build(),
                offset);
    }
}
