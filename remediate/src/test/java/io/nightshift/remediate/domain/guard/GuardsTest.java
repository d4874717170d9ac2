package io.nightshift.remediate.domain.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.events.Reversibility;
import io.nightshift.events.Trust;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.Decided;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.GuardSettings;
import io.nightshift.remediate.domain.Judgement;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.remediate.domain.PolicyJudge;
import io.nightshift.remediate.domain.PolicyQuestion;
import io.nightshift.remediate.domain.Situation;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.ProbeSpec;
import io.nightshift.runtime.inventory.TargetSpec;
import io.nightshift.schemas.trust.TrustReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each guard lets the plain story pass and objects to the one thing that it is for. */
class GuardsTest {

    private static final PolicyJudge YES = new PolicyJudge() {
        @Override
        public Answer judge(PolicyQuestion question) {
            return new Answer(Decision.ALLOW, List.of("yes"), "v");
        }

        @Override
        public String version() {
            return "v";
        }
    };

    /** The plain story, of which a test changes one thing. */
    private static final class Case {
        InventoryService service = Stories.service("inventory", 4);
        Plan.Builder plan;
        Investigation.Builder investigation = Stories.investigation("inv-1", "inc-1");
        Incident.Builder incident = Stories.incident("inc-1");
        TargetSpec target = Stories.target(true);
        int level = 4;
        Optional<TrustReading> trust = Optional.empty();
        PolicyJudge policy = YES;
        Optional<String> halted = Optional.empty();
        Optional<String> handsOff = Optional.empty();
        List<ActionState> others = new ArrayList<>();
        List<Incident> incidents = new ArrayList<>();
        GuardSettings settings = GuardSettings.defaults();

        Case() {
            plan = Plan.newBuilder(
                    new Planning(inventory(), Stories.CLUSTER, 10, Duration.ofSeconds(10), Duration.ofMinutes(1))
                            .plan(investigation.build(), "episode")
                            .plan()
                            .orElseThrow());
        }

        Inventory inventory() {
            return Stories.inventory(service, Stories.service("orders", 4), Stories.service("payments", 4));
        }

        Situation situation() {
            return new Situation(
                    plan.build(),
                    investigation.build(),
                    incident.build(),
                    service,
                    target,
                    inventory(),
                    level,
                    trust,
                    policy,
                    halted,
                    handsOff,
                    others,
                    incidents,
                    settings,
                    Stories.NOW);
        }
    }

    private static void assertObjects(Guard guard, Decision decision, Consumer<Case> change) {
        assertThat(guard.judge(new Case().situation())).as("the plain story").isEmpty();
        Case changed = new Case();
        change.accept(changed);
        assertThat(guard.judge(changed.situation()))
                .get()
                .satisfies(objection -> assertThat(objection.guard()).isEqualTo(guard.id()))
                .extracting(Objection::decision)
                .isEqualTo(decision);
    }

    private static ActionState other(String target, ActionKind kind, ActionStatus status, Instant at) {
        return ActionState.newBuilder()
                .setEvent(ActionEvent.newBuilder()
                        .setId("e")
                        .setActionId("act-other-" + at.toEpochMilli())
                        .setStatus(status)
                        .setAt(at)
                        .setIncidentId("inc-0")
                        .setEnvironment("demo")
                        .setService(target)
                        .setAction(kind)
                        .setTarget(target)
                        .setSentence("")
                        .build())
                .setInvestigation(Stories.investigation("inv-0", "inc-0").build())
                .setOnset(at)
                .setAdmittedAt(at)
                .build();
    }

    private static ActionState restart(ActionStatus status, Duration ago) {
        return other(Stories.INVENTORY, ActionKind.ROLLING_RESTART, status, Stories.NOW.minus(ago));
    }

    private static TrustReading trusted(int level, Consumer<Trust.Builder> history) {
        Trust.Builder trust = Stories.trust(level).setThresholds(List.of(0.6, 0.8));
        history.accept(trust);
        return TrustReading.of(trust.build(), Stories.NOW);
    }

    private static void demoted(Trust.Builder trust) {
        trust.setDemotedAt(Stories.NOW).setDemotedFor("it did harm in inc-9");
    }

    @Test
    void whatOutcomesTookAwayIsNotDoneAloneAndTheReasonIsNamed() {
        TrustedLevel guard = new TrustedLevel();
        assertObjects(guard, Decision.ASK, c -> c.trust = Optional.of(trusted(3, GuardsTest::demoted)));
        assertObjects(guard, Decision.DENY, c -> c.trust = Optional.of(trusted(2, GuardsTest::demoted)));
        Case harmed = new Case();
        harmed.trust = Optional.of(trusted(3, GuardsTest::demoted));
        assertThat(guard.judge(harmed.situation()).orElseThrow().reason())
                .isEqualTo("trust: level 3, demoted at " + Stories.NOW + ": it did harm in inc-9");
    }

    @Test
    void trustLowersALevelAndNeverRaisesIt() {
        Case promoted = new Case();
        promoted.level = 3;
        promoted.trust =
                Optional.of(trusted(5, t -> t.setPromotedAt(Stories.NOW).setPromotedBy("alice")));
        assertThat(promoted.situation().trustedLevel()).isEqualTo(3);
        Case full = new Case();
        full.level = 5;
        full.trust = Optional.of(trusted(4, t -> t.setPromotedAt(Stories.NOW).setPromotedBy("alice")));
        assertThat(full.situation().trustedLevel()).isEqualTo(4);
        assertThat(new TrustedLevel().judge(full.situation()))
                .as("level 4 acts; policy sees it")
                .isEmpty();
        assertThat(PolicyQuestion.of(full.situation()).level()).isEqualTo(4);
    }

    @Test
    void aKeyThatNobodyPromotedAndThatLostNothingStandsAsConfigured() {
        Case unproven = new Case();
        unproven.trust = Optional.of(trusted(3, t -> {}));
        assertThat(new TrustedLevel().judge(unproven.situation())).isEmpty();
        assertThat(unproven.situation().trustedLevel()).isEqualTo(4);
    }

    @Test
    void aPromotionThatEndedOrWhoseEvidenceFadedNoLongerActsAlone() {
        Case ended = new Case();
        ended.trust = Optional.of(trusted(4, t -> t.setPromotedAt(Stories.NOW.minus(Duration.ofDays(365)))
                .setPromotedBy("alice")
                .setPromotionEnds(Stories.NOW)));
        assertThat(new TrustedLevel().judge(ended.situation()).orElseThrow().reason())
                .isEqualTo("trust: level 3, the promotion ended at " + Stories.NOW);
        Case faded = new Case();
        faded.trust = Optional.of(trusted(4, t -> t.setPromotedAt(Stories.NOW.minus(Duration.ofDays(300)))
                .setPromotedBy("alice")
                .setGood(5)
                .setAsOf(Stories.NOW.minus(Duration.ofDays(300)))));
        assertThat(new TrustedLevel().judge(faded.situation()).orElseThrow().reason())
                .isEqualTo("trust: level 3, what spoke for level 4 has faded");
    }

    @Test
    void thePlainStoryPassesAllGuards() {
        for (Guard guard : Guards.all()) {
            assertThat(guard.judge(new Case().situation())).as(guard.id()).isEmpty();
        }
        assertThat(Guards.all().stream().map(Guard::id)).doesNotHaveDuplicates();
    }

    @Test
    void everyGuardThatWasWrittenStandsWatch() {
        Set<String> written = new ClassFileImporter()
                .importPackagesOf(Guards.class).stream()
                        .filter(type -> !type.isInterface() && type.isAssignableTo(Guard.class))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toSet());
        assertThat(Guards.all().stream().map(guard -> guard.getClass().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void levelsOneAndTwoNeverActAndThreeAsks() {
        assertObjects(new AutonomyLevel(), Decision.DENY, c -> c.level = 1);
        assertObjects(new AutonomyLevel(), Decision.DENY, c -> c.level = 2);
        assertObjects(new AutonomyLevel(), Decision.ASK, c -> c.level = 3);
        assertObjects(new AutonomyLevel(), Decision.DENY, c -> c.level = 6);
    }

    @Test
    void theUnsureAsksAndTheCluelessDoesNotEvenAsk() {
        assertObjects(new Confidence(), Decision.ASK, c -> confidence(c, 0.59));
        assertObjects(new Confidence(), Decision.DENY, c -> confidence(c, 0.1));
        assertObjects(new Confidence(), Decision.DENY, c -> confidence(c, Double.NaN));
    }

    private static void confidence(Case c, double value) {
        c.investigation.setProposal(Stories.proposal().setConfidence(value).build());
    }

    @Test
    void aProposalThatWantsAPersonIsForAPersonAtEveryLevelThatActs() {
        for (int level : new int[] {3, 4, 5}) {
            assertObjects(new PersonOnly(), Decision.ASK, c -> {
                c.level = level;
                c.investigation.setProposal(Stories.proposal()
                        .setPersonOnly("the ranker does not have it among its first three")
                        .build());
            });
        }
    }

    @Test
    void withoutAProbeForTheCauseNothingIsDoneAlone() {
        assertObjects(new IndependentSignal(), Decision.ASK, c -> c.plan.setCauseClass(CauseClass.CPU_SATURATION));
        assertObjects(new IndependentSignal(), Decision.ASK, c -> c.service = withProbes(c.service, List.of()));
    }

    private static InventoryService withProbes(InventoryService s, List<ProbeSpec> probes) {
        return new InventoryService(
                s.key(),
                s.level(),
                s.isProtected(),
                s.failureDomain(),
                s.instances(),
                s.minHealthy(),
                s.addresses(),
                s.target(),
                probes);
    }

    @Test
    void aProposalWithoutEvidenceForItsCauseIsRefused() {
        assertObjects(new TelemetryEvidence(), Decision.DENY, c -> c.investigation.setHypotheses(List.of()));
        assertObjects(
                new TelemetryEvidence(),
                Decision.DENY,
                c -> c.investigation.setHypotheses(
                        List.of(Stories.hypothesis().setEvidenceFor(List.of()).build())));
        assertObjects(
                new TelemetryEvidence(),
                Decision.DENY,
                c -> c.investigation.setHypotheses(List.of(
                        Stories.hypothesis().setService("demo/shop/payments").build())));
    }

    @Test
    void whatIsProtectedOrIrreversibleNeedsPeople() {
        assertObjects(new ProtectedTarget(), Decision.ASK, c -> c.service = Stories.service("inventory", 4, true, 1));
        assertObjects(new Irreversible(), Decision.ASK, c -> c.plan.setReversibility(Reversibility.IRREVERSIBLE));
        assertObjects(new Irreversible(), Decision.ASK, c -> c.plan.setReversibility(Reversibility.UNKNOWN));
        assertThat(Judgement.approvalsNeeded(Reversibility.IRREVERSIBLE)).isEqualTo(2);
        assertThat(Judgement.approvalsNeeded(Reversibility.UNKNOWN)).isEqualTo(2);
        assertThat(Judgement.approvalsNeeded(Reversibility.SELF_RESTORING)).isEqualTo(1);
    }

    @Test
    void nightshiftNeverActsOnWhatItStandsOn() {
        assertObjects(
                new Foundation(),
                Decision.DENY,
                c -> c.settings = c.settings.standingOn(Set.of(Stories.INVENTORY, "kafka:9092")));
        assertObjects(new Foundation(), Decision.DENY, c -> {
            c.settings = c.settings.standingOn(Set.of("kafka:9092"));
            c.service = managed(c.service, List.of("kafka:9092"), Set.of());
        });
    }

    @Test
    void whatAControllerOwnsIsChangedThere() {
        assertObjects(new ManagedElsewhere(), Decision.DENY, c -> {
            c.service = managed(c.service, List.of(), Set.of(InventoryService.GITOPS));
            c.plan.setAction(ActionKind.ROLL_BACK_RELEASE);
        });
        assertObjects(new ManagedElsewhere(), Decision.DENY, c -> {
            c.service = managed(c.service, List.of(), Set.of(InventoryService.AUTOSCALER));
            c.plan.setSteps(List.of(PlanStep.newBuilder(c.plan.getSteps().get(0))
                    .setAction(ActionKind.SCALE)
                    .build()));
        });
        Case restart = new Case();
        restart.service =
                managed(restart.service, List.of(), Set.of(InventoryService.GITOPS, InventoryService.AUTOSCALER));
        assertThat(new ManagedElsewhere().judge(restart.situation()))
                .as("a restart changes nothing that they own")
                .isEmpty();
    }

    private static InventoryService managed(InventoryService s, List<String> addresses, Set<String> managedBy) {
        return new InventoryService(
                s.key(),
                s.level(),
                s.isProtected(),
                s.failureDomain(),
                s.instances(),
                s.minHealthy(),
                addresses,
                s.target(),
                s.probes(),
                "",
                Map.of(),
                managedBy);
    }

    @Test
    void anUnfencedTargetIsOnlyActedOnAloneByWhatIsIdempotent() {
        assertObjects(new UnfencedTarget(), Decision.ASK, c -> {
            c.target = Stories.target(false);
            c.plan.setIdempotent(false);
        });
    }

    @Test
    void aTrafficSurgeNeverLeadsToARestart() {
        assertObjects(new TrafficSurge(), Decision.DENY, c -> c.plan.setCauseClass(CauseClass.TRAFFIC_SURGE));
    }

    @Test
    void aPlaybookAgainstATrafficSurgeIsJudgedByItsSteps() {
        assertThat(againstSurge(step(ActionKind.SCALE, ActionKind.SCALE))).isEmpty();
        assertThat(againstSurge(step(ActionKind.SCALE, ActionKind.SCALE), step(ActionKind.RESTART, ActionKind.UNKNOWN)))
                .get()
                .satisfies(objection -> assertThat(objection.reason()).contains("not cured by RESTART"));
        assertThat(againstSurge(step(ActionKind.SCALE, ActionKind.RESTART)))
                .as("an undo restarts too")
                .isPresent();
        assertThat(againstSurge()).as("no steps").isPresent();
    }

    private static Optional<Objection> againstSurge(PlanStep... steps) {
        Case surge = new Case();
        surge.plan
                .setCauseClass(CauseClass.TRAFFIC_SURGE)
                .setAction(ActionKind.PLAYBOOK)
                .setSteps(List.of(steps));
        return new TrafficSurge().judge(surge.situation());
    }

    private static PlanStep step(ActionKind action, ActionKind undo) {
        return PlanStep.newBuilder()
                .setAction(action)
                .setSubject("inventory-1")
                .setUndo(undo)
                .build();
    }

    @Test
    void aLockedTargetAHaltAndAFreezeStop() {
        assertObjects(new HandsOff(), Decision.DENY, c -> c.handsOff = Optional.of("maintenance"));
        assertObjects(new Halted(), Decision.DENY, c -> c.halted = Optional.of("by alice"));
        assertObjects(
                new FreezeCalendar(), Decision.DENY, c -> c.settings = frozen(Stories.NOW, Stories.NOW.plusSeconds(1)));
        Case over = new Case();
        over.settings = frozen(Stories.NOW.minusSeconds(9), Stories.NOW);
        assertThat(new FreezeCalendar().judge(over.situation())).isEmpty();
    }

    private static GuardSettings frozen(Instant from, Instant until) {
        GuardSettings d = GuardSettings.defaults();
        return new GuardSettings(
                d.freshness(),
                d.confidenceToAct(),
                d.confidenceToAsk(),
                d.maxInstances(),
                d.perTargetPerDay(),
                d.perServiceInFlight(),
                d.perDomainInFlight(),
                d.perEnvironmentInFlight(),
                d.perEnvironmentPerHour(),
                d.wideOutageShare(),
                List.of(new GuardSettings.Freeze(from, until, "holidays")),
                d.foundations());
    }

    @Test
    void oldAnswersAndAnswersFromBeforeTheLastEffectAreNotActedOn() {
        assertObjects(
                new FreshInvestigation(),
                Decision.DENY,
                c -> c.investigation.setFinishedAt(
                        Stories.NOW.minus(Duration.ofMinutes(10)).minusMillis(1)));
        assertObjects(
                new FreshInvestigation(),
                Decision.DENY,
                c -> c.investigation.setFinishedAt(Stories.NOW.plusSeconds(61)));
        assertObjects(
                new FreshInvestigation(),
                Decision.DENY,
                c -> c.others.add(ActionState.newBuilder(restart(ActionStatus.RECOVERED, Duration.ofMinutes(1)))
                        .setEffectAt(Stories.NOW)
                        .build()));
    }

    @Test
    void aResolvedOrMergedIncidentNeedsNoRepair() {
        assertObjects(new OpenIncident(), Decision.DENY, c -> c.incident.setPhase(IncidentPhase.RESOLVED));
        assertObjects(new OpenIncident(), Decision.DENY, c -> c.incident.setPhase(IncidentPhase.MERGED));
    }

    @Test
    void theDeclaredMinimumStays() {
        assertObjects(new MinimumHealthy(), Decision.DENY, c -> c.service = Stories.service("inventory", 4, false, 2));
    }

    @Test
    void oneActionAtATimeOnATargetAndItsNeighbours() {
        assertObjects(
                new TargetInFlight(), Decision.DENY, c -> c.others.add(restart(ActionStatus.STARTED, Duration.ZERO)));
        assertObjects(
                new TargetInFlight(), Decision.DENY, c -> c.others.add(restart(ActionStatus.IN_DOUBT, Duration.ZERO)));
        assertObjects(new TargetInFlight(), Decision.DENY, c -> {
            c.incident.setGraph(List.of(GraphEntry.newBuilder()
                    .setSubject(new EntityRef("demo", "shop", "orders", null, Stories.INVENTORY))
                    .setValidFrom(Stories.ONSET)
                    .setLastSeen(Stories.NOW)
                    .build()));
            c.others.add(other("demo/shop/orders", ActionKind.RESTART, ActionStatus.ALLOWED, Stories.NOW));
        });
    }

    @Test
    void whereTheLastRepairWasEscalatedAPersonDecides() {
        assertObjects(
                new EscalatedTarget(),
                Decision.ASK,
                c -> c.others.add(ActionState.newBuilder(restart(ActionStatus.ESCALATED, Duration.ofHours(1)))
                        .setEffectAt(Stories.NOW.minus(Duration.ofHours(1)))
                        .build()));
    }

    @Test
    void whereTheLastRepairHadToBeTakenBackAPersonDecides() {
        assertObjects(
                new EscalatedTarget(),
                Decision.ASK,
                c -> c.others.add(ActionState.newBuilder(restart(ActionStatus.ROLLED_BACK, Duration.ofHours(1)))
                        .setEffectAt(Stories.NOW.minus(Duration.ofHours(1)))
                        .build()));
        Case longAgo = new Case();
        longAgo.others.add(ActionState.newBuilder(restart(ActionStatus.ROLLED_BACK, Duration.ofHours(25)))
                .setEffectAt(Stories.NOW.minus(Duration.ofHours(25)))
                .build());
        assertThat(new EscalatedTarget().judge(longAgo.situation())).isEmpty();
    }

    @Test
    void capsHoldPerDayPerHourAndInFlight() {
        assertObjects(new DailyCap(), Decision.DENY, c -> {
            c.others.add(restart(ActionStatus.HELD, Duration.ofHours(23)));
            c.others.add(restart(ActionStatus.RECURRED, Duration.ofHours(2)));
        });
        assertObjects(new HourlyCap(), Decision.DENY, c -> {
            for (int i = 0; i < 10; i++) {
                c.others.add(
                        other("demo/shop/x" + i, ActionKind.RESTART, ActionStatus.HELD, Stories.NOW.minusSeconds(i)));
            }
        });
        assertObjects(new InFlightCaps(), Decision.DENY, c -> {
            for (int i = 0; i < 3; i++) {
                c.others.add(other("demo/shop/x" + i, ActionKind.RESTART, ActionStatus.SUCCEEDED, Stories.NOW));
            }
        });
        Case yesterday = new Case();
        yesterday.others.add(restart(ActionStatus.HELD, Duration.ofHours(25)));
        yesterday.others.add(restart(ActionStatus.HELD, Duration.ofHours(2)));
        assertThat(new DailyCap().judge(yesterday.situation())).isEmpty();
    }

    @Test
    void aFailureDomainIsActedOnOnePartAtATime() {
        assertObjects(new InFlightCaps(), Decision.DENY, c -> {
            c.service = inDomain(c.service, "zone-a");
            c.others.add(other(Stories.INVENTORY + "x", ActionKind.RESTART, ActionStatus.STARTED, Stories.NOW));
            c.others.add(other(Stories.INVENTORY, ActionKind.RESTART, ActionStatus.STARTED, Stories.NOW));
        });
    }

    private static InventoryService inDomain(InventoryService s, String domain) {
        return new InventoryService(
                s.key(),
                s.level(),
                s.isProtected(),
                domain,
                s.instances(),
                s.minHealthy(),
                s.addresses(),
                s.target(),
                s.probes());
    }

    @Test
    void aWideOutageBeyondTheChainStops() {
        assertObjects(new WideOutage(), Decision.DENY, c -> c.incident
                .setKnownServices(20)
                .setUnhealthyServices(10));
        assertObjects(
                new WideOutage(),
                Decision.DENY,
                c -> c.incidents.add(Stories.incident("inc-2")
                        .setServices(List.of("demo/shop/payments"))
                        .build()));
        Case related = new Case();
        related.incidents.add(Stories.incident("inc-2")
                .setServices(List.of("demo/shop/gateway"))
                .build());
        related.incidents.add(Stories.incident("inc-3")
                .setServices(List.of("demo/shop/payments"))
                .setPages(false)
                .build());
        assertThat(new WideOutage().judge(related.situation())).isEmpty();
    }

    @Test
    void theStrictestWordCountsAndEveryoneWhoSpokeItIsNamed() {
        Judgement judgement = new Judgement(Guards.all());
        assertThat(judgement.decide(new Case().situation()).rules()).containsExactly("policy:yes");
        Case bad = new Case();
        bad.level = 3;
        bad.halted = Optional.of("by alice");
        Decided decided = judgement.decide(bad.situation());
        assertThat(decided.decision()).isEqualTo(Decision.DENY);
        assertThat(decided.rules()).containsExactly("halt");
        bad.halted = Optional.empty();
        assertThat(judgement.decide(bad.situation()).decision()).isEqualTo(Decision.ASK);
        assertThat(judgement.decide(bad.situation()).people()).isEqualTo(1);
    }
}
