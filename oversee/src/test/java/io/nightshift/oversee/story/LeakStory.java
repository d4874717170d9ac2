package io.nightshift.oversee.story;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AuditEntry;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.Engine;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import io.nightshift.events.OutcomeKind;
import io.nightshift.events.Plan;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.Proposal;
import io.nightshift.events.Reversibility;
import io.nightshift.events.StepResult;
import io.nightshift.events.Verdict;
import io.nightshift.oversee.domain.audit.AuditChain;
import io.nightshift.oversee.domain.audit.AuditHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The leak of the demo as decision records: gateway → orders → inventory (two instances) → store, payments beside them. A
 * release of inventory leaks; requests fail; a rolling restart repairs it.
 */
public final class LeakStory {

    public static final String ROOT = "demo/shop/inventory";
    public static final String PLAN_HASH = "9f2c41d07be3a6658d1f0a4c7be92d3185ce64f7a1b20c9d8e7f60514a3b2c1d";

    private final Instant fault;
    private final String id;
    private final Telemetry telemetry;

    /** @param fault when the leaking release began to serve */
    public LeakStory(String id, Instant fault) {
        this.id = id;
        this.fault = fault;
        this.telemetry = new Telemetry(fault);
    }

    private Instant at(int seconds) {
        return fault.plusSeconds(seconds);
    }

    public List<Anomaly> anomalies() {
        return List.of(
                telemetry.errors("gateway", 64, 70, 0.17),
                telemetry.heap("inventory-1", 18),
                telemetry.heap("inventory-2", 21),
                telemetry.latency("orders", "inventory", 52, 58, 18, 2400),
                telemetry.latency("gateway", "orders", 54, 60, 31, 2900),
                telemetry.logs(
                        "inventory",
                        "OutOfMemoryError in <*> while reserving item <*>",
                        "java.lang.OutOfMemoryError: Java heap space while reserving item 4711",
                        58));
    }

    public List<Anomaly> cleared() {
        List<Anomaly> cleared = new ArrayList<>();
        int second = 104;
        for (Anomaly anomaly : anomalies()) {
            cleared.add(Telemetry.cleared(anomaly, at(second++)));
        }
        return cleared;
    }

    public Incident incident(int version, IncidentPhase phase, int second, boolean pages, String sentence) {
        boolean resolved = phase == IncidentPhase.RESOLVED;
        List<Anomaly> members = resolved ? cleared() : anomalies();
        return Incident.newBuilder()
                .setId(id)
                .setVersion(version)
                .setPhase(phase)
                .setEnvironment("demo")
                .setFingerprint("fp-1c9e")
                .setOpenedAt(at(18))
                .setOnset(at(0))
                .setUpdatedAt(at(second))
                .setResolvedAt(resolved ? at(second) : null)
                .setSeverity(8.2)
                .setPages(pages)
                .setServices(List.of("demo/shop/gateway", ROOT, "demo/shop/orders"))
                .setAnomalies(version == 1 ? members.subList(1, 3) : members)
                .setMemberCount(version == 1 ? 2 : members.size())
                .setUnhealthyServices(3)
                .setKnownServices(5)
                .setSentence(sentence)
                .build();
    }

    public List<Incident> incidents() {
        return List.of(
                incident(1, IncidentPhase.OPEN, 18, false, "Heap of inventory grows on both instances"),
                incident(
                        2,
                        IncidentPhase.UPDATE,
                        70,
                        true,
                        "17 % of requests to gateway fail; inventory, orders and gateway are slow"));
    }

    public Incident resolved() {
        return incident(
                3,
                IncidentPhase.RESOLVED,
                140,
                true,
                "17 % of requests to gateway failed; inventory, orders and gateway were slow");
    }

    public Investigation investigation() {
        return Investigation.newBuilder()
                .setId("inv-" + id)
                .setIncidentId(id)
                .setIncidentVersion(2)
                .setEnvironment("demo")
                .setFingerprint("fp-1c9e")
                .setEngine(Engine.DETERMINISTIC)
                .setEngineNote("no language model is configured")
                .setStartedAt(at(71))
                .setFinishedAt(at(72))
                .setHypotheses(Reasoning.hypotheses())
                .setRankerTop(List.of(ROOT + "|MEMORY_LEAK", ROOT + "|BAD_RELEASE", "demo/shop/store|CPU_SATURATION"))
                .setProposal(Proposal.newBuilder()
                        .setAction(ActionKind.ROLLING_RESTART)
                        .setTarget(ROOT)
                        .setInstances(List.of("inventory-1", "inventory-2"))
                        .setCauseClass(CauseClass.MEMORY_LEAK)
                        .setConfidence(0.87)
                        .setRationale(
                                "A restart frees the heap at once and keeps one instance serving; the release stays,"
                                        + " so the leak may come back.")
                        .setEvidenceIds(List.of("E1", "E2"))
                        .build())
                .setEvidence(Reasoning.evidence(fault))
                .setConsidered(Reasoning.considered())
                .setSentence(
                        "inventory leaks memory since release 2.4.0, which fills the heap of both instances and slows"
                                + " every request that reserves stock")
                .build();
    }

    public Plan plan() {
        return Plan.newBuilder()
                .setEnvironment("demo")
                .setClusterId("MkU3OEVBNTcwNTJENDM2Qg")
                .setIncidentId(id)
                .setInvestigationId("inv-" + id)
                .setService(ROOT)
                .setAction(ActionKind.ROLLING_RESTART)
                .setTarget(ROOT)
                .setInstances(List.of("inventory-1", "inventory-2"))
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setReversibility(Reversibility.SELF_RESTORING)
                .setIdempotent(true)
                .setEpisode("fp-1c9e@" + fault)
                .setTimeoutSeconds(30)
                .setDeadlineSeconds(300)
                .build();
    }

    public Verdict verdict(Decision decision, int level, List<String> rules, List<String> reasons) {
        return Verdict.newBuilder()
                .setDecision(decision)
                .setRules(rules)
                .setReasons(reasons)
                .setPolicyVersion("4b1d9e7720c86a5f")
                .setLevel(level)
                .setAt(at(73))
                .build();
    }

    public ActionEvent.Builder event(ActionStatus status, int second, String sentence) {
        return ActionEvent.newBuilder()
                .setId(id + status)
                .setActionId("act-" + id)
                .setStatus(status)
                .setAt(at(second))
                .setIncidentId(id)
                .setInvestigationId("inv-" + id)
                .setEnvironment("demo")
                .setService(ROOT)
                .setAction(ActionKind.ROLLING_RESTART)
                .setTarget(ROOT)
                .setPlanHash(PLAN_HASH)
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setFingerprint("fp-1c9e")
                .setSentence(sentence);
    }

    public List<ActionEvent> repair() {
        Verdict allowed = verdict(
                Decision.ALLOW,
                4,
                List.of("permit-restart-of-stateless-services", "guard:two-kinds-of-signal", "guard:blast-radius"),
                List.of("traces and the heap probe agree", "1 of 5 services is touched, one instance at a time"));
        return List.of(
                event(ActionStatus.PROPOSED, 73, "Proposed: rolling restart of inventory")
                        .setPlan(plan())
                        .build(),
                event(ActionStatus.ALLOWED, 73, "Allowed: rolling restart of inventory, one instance after the other")
                        .setPlan(plan())
                        .setVerdict(allowed)
                        .setDeadline(at(373))
                        .build(),
                event(ActionStatus.STARTED, 74, "Rolling restart of inventory began")
                        .build(),
                event(ActionStatus.SUCCEEDED, 90, "Both instances of inventory were restarted")
                        .setSteps(List.of(
                                step("inventory-1", 74, 81, "pid 4121 since 02:58:40", "pid 5210 since 03:13:21"),
                                step("inventory-2", 82, 90, "pid 4133 since 02:58:44", "pid 5244 since 03:13:29")))
                        .setEvidenceKept(List.of("inventory-1-heap-histogram.txt", "inventory-1-threads.txt"))
                        .build(),
                event(ActionStatus.RECOVERED, 112, "Recovered: probes and telemetry have been well for 10 s")
                        .setRecoverySeconds(112.0)
                        .setProbes(List.of(
                                probe("ready", "inventory-1", "HTTP 200 in 4 ms"),
                                probe("ready", "inventory-2", "HTTP 200 in 5 ms"),
                                probe("checkout", "gateway", "20 of 20 orders were taken, p99 38 ms")))
                        .build());
    }

    private StepResult step(String instance, int from, int to, String before, String after) {
        return StepResult.newBuilder()
                .setInstance(instance)
                .setStatus(ActionStatus.SUCCEEDED)
                .setStateBefore(before)
                .setStateAfter(after)
                .setStartedAt(at(from))
                .setFinishedAt(at(to))
                .setMessage("ready again after " + (to - from) + " s")
                .build();
    }

    private ProbeResult probe(String name, String subject, String message) {
        return ProbeResult.newBuilder()
                .setProbe(name)
                .setSubject(subject)
                .setAt(at(111))
                .setPassed(true)
                .setMessage(message)
                .build();
    }

    public ActionEvent waits() {
        return event(ActionStatus.AWAITING_APPROVAL, 73, "Waits for a person: rolling restart of inventory")
                .setPlan(plan())
                .setDeadline(at(973))
                .setVerdict(verdict(
                        Decision.ASK,
                        3,
                        List.of("level-3-asks-before-it-acts"),
                        List.of("autonomy level 3 (assist) proposes and waits for a person")))
                .build();
    }

    public ActionEvent held() {
        return event(ActionStatus.HELD, 180, "It held: no like trouble within the hold time of 1 min")
                .build();
    }

    public Lesson lesson() {
        return Lesson.newBuilder()
                .setFingerprint("fp-1c9e")
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setService(ROOT)
                .setAction(ActionKind.ROLLING_RESTART)
                .setHeld(1)
                .setRecurred(0)
                .setIneffective(0)
                .setHarmful(0)
                .setUndone(0)
                .setHumanSame(0)
                .setHumanOther(0)
                .setSymptoms("requests to gateway fail while the heap of inventory fills")
                .setLatest(List.of(LessonOutcome.newBuilder()
                        .setIncidentId(id)
                        .setActionId("act-" + id)
                        .setOutcome(OutcomeKind.HELD)
                        .setAt(at(180))
                        .setRecoverySeconds(112.0)
                        .build()))
                .setUpdatedAt(at(181))
                .setSentence("A rolling restart of inventory against a memory leak held once in one try")
                .build();
    }

    public static List<GraphEntry> graph(Instant now) {
        List<GraphEntry> graph = new ArrayList<>();
        graph.add(node("gateway", "1.9.2", now, "gateway-1"));
        graph.add(node("orders", "3.1.0", now, "orders-1"));
        graph.add(node("inventory", "2.4.0", now, "inventory-1", "inventory-2"));
        graph.add(node("store", "5.0.1", now, "store-1"));
        graph.add(node("payments", "1.2.7", now, "payments-1"));
        graph.add(edge("gateway", "orders", now, 41.8, 0.12, 2900));
        graph.add(edge("orders", "inventory", now, 41.6, 0.14, 2400));
        graph.add(edge("orders", "payments", now, 20.9, 0.0, 14));
        graph.add(edge("inventory", "store", now, 83.0, 0.0, 3));
        return graph;
    }

    private static GraphEntry node(String name, String version, Instant now, String... instances) {
        return GraphEntry.newBuilder()
                .setSubject(Telemetry.service(name))
                .setValidFrom(now.minusSeconds(3600))
                .setLastSeen(now)
                .setInstances(List.of(instances))
                .setVersion(version)
                .build();
    }

    private static GraphEntry edge(String from, String to, Instant now, double rate, double errors, double p95) {
        return GraphEntry.newBuilder()
                .setSubject(Telemetry.edge(from, to))
                .setValidFrom(now.minusSeconds(3600))
                .setLastSeen(now)
                .setCallsPerSecond(rate)
                .setErrorRatio(errors)
                .setP95Millis(p95)
                .build();
    }

    /** A ledger of this many entries. */
    public static List<AuditEntry> ledger(int entries, Instant now) {
        List<AuditEntry> ledger = new ArrayList<>();
        AuditHead head = null;
        for (int i = 0; i < entries; i++) {
            AuditEntry entry = AuditChain.seal(
                    AuditEntry.newBuilder()
                            .setSequence(0)
                            .setPreviousHash("")
                            .setHash("")
                            .setSourceTopic("actions")
                            .setSourcePartition(1)
                            .setSourceOffset(i)
                            .setSourceSha256("00".repeat(32))
                            .setSourceType("ActionEvent")
                            .setSourceTime(now.minusSeconds(entries - i))
                            .setActor("remediate")
                            .setSentence("Recovered: probes and telemetry have been well for 10 s")
                            .build(),
                    head);
            ledger.add(entry);
            head = AuditHead.of(entry);
        }
        return ledger;
    }
}
