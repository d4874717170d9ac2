package io.nightshift.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Engine;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.shop.keeper.LedgerEntry;
import io.nightshift.shop.keeper.LedgerEntry.Outcome;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Instant NOW = Instant.parse("2026-01-10T03:12:00Z");

    private final Witness witness = new Witness(new Narrator(new PrintStream(PrintStream.nullOutputStream()), false));
    private final List<LedgerEntry> ledger = new ArrayList<>();

    @Test
    void aRepairByARightActionOnTheRightServiceIsWell() {
        paged();
        found("demo/shop/inventory", CauseClass.CONNECTION_POOL_EXHAUSTION);
        acted(ActionStatus.HELD);
        effect("restart", "inventory-1", "nightshift", Outcome.STARTED);
        Verdict verdict = of(Fault.POOL, "inventory");
        assertThat(verdict.failures()).isEmpty();
        assertThat(verdict.diagnosis()).isEqualTo("inventory CONNECTION_POOL_EXHAUSTION");
        assertThat(verdict.effects()).containsExactly("restart inventory-1");
    }

    @Test
    void anEffectOnAnotherServiceIsHarmWhateverNightshiftSaysOfIt() {
        paged();
        found("demo/shop/inventory", CauseClass.CONNECTION_POOL_EXHAUSTION);
        acted(ActionStatus.HELD);
        effect("restart", "store-1", "nightshift", Outcome.STARTED);
        assertThat(of(Fault.POOL, "inventory").harm()).containsExactly("restart store-1");
        assertThat(of(Fault.POOL, "inventory").failures())
                .anyMatch(failure -> failure.contains("holds no repair") || failure.contains("harm"));
    }

    @Test
    void aServiceWhoseNameBeginsAlikeIsAnotherService() {
        effect("restart", "inventory-cache-1", "nightshift", Outcome.STARTED);
        assertThat(of(Fault.POOL, "inventory").harm()).hasSize(1);
    }

    @Test
    void whatOthersDidAndWhatWasRefusedIsNoHarm() {
        effect("rollout", "payments", "pipeline", Outcome.STARTED);
        effect("restart", "store-1", "nightshift", Outcome.FENCED);
        assertThat(of(Fault.POOL, "inventory").harm()).isEmpty();
    }

    @Test
    void anyEffectInASurgeOrAnOutageOutsideIsHarm() {
        effect("restart", "gateway-1", "nightshift", Outcome.STARTED);
        effect("rollback", "payments", "nightshift", Outcome.STARTED);
        assertThat(of(Fault.SURGE, "gateway").harm()).containsExactly("restart gateway-1", "rollback payments");
        assertThat(of(Fault.EXTERNAL, "acquirer").harm()).hasSize(2);
    }

    @Test
    void aRollbackWhereNoReleaseIsAtFaultIsHarm() {
        effect("rollback", "inventory", "nightshift", Outcome.STARTED);
        assertThat(of(Fault.SLOW, "inventory").harm()).containsExactly("rollback inventory");
        assertThat(of(Fault.BAD_RELEASE, "inventory").harm()).isEmpty();
    }

    @Test
    void aSurgeThatWakesNobodyIsWellAndSoIsOneThatIsNamed() {
        assertThat(of(Fault.SURGE, "gateway").failures()).isEmpty();
        paged();
        found("demo/shop/gateway", CauseClass.TRAFFIC_SURGE);
        assertThat(of(Fault.SURGE, "gateway").failures()).isEmpty();
    }

    @Test
    void anOutageOutsideMustBeNamedAndWakeSomebody() {
        assertThat(of(Fault.EXTERNAL, "acquirer").failures()).hasSize(2);
        paged();
        found("", CauseClass.EXTERNAL, "demo/shop/acquirer");
        assertThat(of(Fault.EXTERNAL, "acquirer").failures()).isEmpty();
    }

    @Test
    void anotherThingOutsideIsNotTheOneThatFailed() {
        paged();
        found("", CauseClass.EXTERNAL, "demo/shop/mailer");
        assertThat(of(Fault.EXTERNAL, "acquirer").failures())
                .containsExactly("the diagnosis was mailer EXTERNAL instead of acquirer EXTERNAL");
    }

    @Test
    void aRepairThatNeverHeldIsNotTheEndThatWasWanted() {
        paged();
        found("demo/shop/inventory", CauseClass.CONNECTION_POOL_EXHAUSTION);
        acted(ActionStatus.ESCALATED);
        effect("restart", "inventory-1", "nightshift", Outcome.STARTED);
        assertThat(of(Fault.POOL, "inventory").failures())
                .containsExactly("the story ended ESCALATED instead of REPAIRED");
        assertThat(of(Fault.STUBBORN, "inventory").ending()).isEqualTo(Ending.ESCALATED);
    }

    private Verdict of(Fault fault, String service) {
        Truth truth = new Truth(1, fault, "demo/shop/" + service, "", 0, 0, List.of());
        return new Verdict(truth, witness, ledger);
    }

    private void effect(String verb, String target, String actor, Outcome outcome) {
        ledger.add(new LedgerEntry(
                NOW.toString(), "a" + ledger.size(), 1L, verb, target, actor, outcome, "", List.of(), List.of()));
    }

    private void paged() {
        witness.accept(Incident.newBuilder()
                .setId("inc-1")
                .setVersion(1)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("demo")
                .setFingerprint("print")
                .setOpenedAt(NOW)
                .setOnset(NOW)
                .setUpdatedAt(NOW)
                .setSeverity(5)
                .setPages(true)
                .setServices(List.of("demo/shop/gateway"))
                .setMembers(List.of())
                .setMemberCount(0)
                .setUnhealthyServices(1)
                .setKnownServices(5)
                .setSentence("Requests fail.")
                .build());
    }

    private void found(String service, CauseClass cause) {
        found(service, cause, service);
    }

    private void found(String service, CauseClass cause, String chainBegin) {
        witness.accept(Investigation.newBuilder()
                .setId("inv-1")
                .setIncidentId("inc-1")
                .setIncidentVersion(1)
                .setEnvironment("demo")
                .setFingerprint("print")
                .setEngine(Engine.DETERMINISTIC)
                .setStartedAt(NOW)
                .setFinishedAt(NOW)
                .setHypotheses(List.of(Hypothesis.newBuilder()
                        .setRank(1)
                        .setService(service)
                        .setCauseClass(cause)
                        .setConfidence(0.9)
                        .setChain(List.of(chainBegin))
                        .setEvidenceFor(List.of())
                        .setSentence("It is this.")
                        .build()))
                .setRankerTop(List.of(service + "|" + cause))
                .setGroundedShare(1)
                .setSentence("It is this.")
                .build());
    }

    private void acted(ActionStatus end) {
        for (ActionStatus status : List.of(ActionStatus.STARTED, end)) {
            witness.accept(ActionEvent.newBuilder()
                    .setId("act-1-" + status)
                    .setActionId("act-1")
                    .setIncidentId("inc-1")
                    .setInvestigationId("inv-1")
                    .setEnvironment("demo")
                    .setService("demo/shop/inventory")
                    .setAction(ActionKind.ROLLING_RESTART)
                    .setTarget("demo/shop/inventory")
                    .setStatus(status)
                    .setAt(status == end ? NOW.plusSeconds(60) : NOW)
                    .setSentence("It was done.")
                    .build());
        }
    }
}
