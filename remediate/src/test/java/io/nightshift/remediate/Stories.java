package io.nightshift.remediate;

import io.nightshift.events.ActionKind;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Claim;
import io.nightshift.events.Engine;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Proposal;
import io.nightshift.events.Signal;
import io.nightshift.events.Trust;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.CommandTarget;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.ProbeSpec;
import io.nightshift.runtime.inventory.TargetSpec;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The leak in the inventory service, as builders from which tests deviate. */
public final class Stories {

    public static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    public static final Instant ONSET = NOW.minusSeconds(30);
    public static final String INVENTORY = "demo/shop/inventory";
    public static final String CLUSTER = "cluster-1";

    private Stories() {}

    public static InventoryService service(String name, int level) {
        return service(name, level, false, 1);
    }

    public static InventoryService service(String name, int level, boolean isProtected, int minHealthy) {
        CommandSpec probe = new CommandSpec(List.of("probe", "heap", "{instance}"), Duration.ofSeconds(2));
        return new InventoryService(
                new ServiceKey("demo", "shop", name),
                level,
                isProtected,
                "",
                List.of(name + "-1", name + "-2"),
                minHealthy,
                List.of(),
                "shop",
                List.of(new ProbeSpec("heap", probe, ProbeSpec.VALUE, 0.9, Set.of(CauseClass.MEMORY_LEAK), 0.85)));
    }

    public static TargetSpec target(boolean fenced) {
        return new CommandTarget(
                "shop",
                fenced,
                Map.of(
                        ActionKind.RESTART,
                        new CommandSpec(List.of("restart", "{instance}"), Duration.ofSeconds(20)),
                        ActionKind.ROLL_BACK_RELEASE,
                        new CommandSpec(List.of("rollback", "{service}"), Duration.ofSeconds(20))),
                new CommandSpec(List.of("state", "{instance}"), Duration.ofSeconds(2)));
    }

    public static Inventory inventory(int level) {
        return inventory(service("inventory", level), service("orders", level), service("payments", level));
    }

    public static Inventory inventory(InventoryService... services) {
        return new Inventory(List.of(services), Map.of("shop", target(true)));
    }

    public static Incident.Builder incident(String id) {
        return Incident.newBuilder()
                .setId(id)
                .setVersion(1)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("demo")
                .setFingerprint("leak-print")
                .setOpenedAt(ONSET)
                .setOnset(ONSET)
                .setUpdatedAt(NOW)
                .setSeverity(5)
                .setPages(true)
                .setServices(List.of(INVENTORY, "demo/shop/orders", "demo/shop/gateway"))
                .setMembers(List.of(anomaly("inventory", null), anomaly("orders", null)))
                .setMemberCount(2)
                .setUnhealthyServices(3)
                .setKnownServices(5)
                .setSentence("Inventory leaks.");
    }

    public static AnomalyBrief anomaly(String service, Instant clearedAt) {
        return AnomalyBrief.newBuilder()
                .setId("anm-" + service)
                .setSubject(new ServiceKey("demo", "shop", service).entity())
                .setSignal(Signal.METRIC)
                .setKind(AnomalyKind.LEVEL_SHIFT)
                .setSeverity(3)
                .setOnset(ONSET)
                .setClearedAt(clearedAt)
                .build();
    }

    public static Proposal.Builder proposal() {
        return Proposal.newBuilder()
                .setAction(ActionKind.ROLLING_RESTART)
                .setTarget(INVENTORY)
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setConfidence(0.9)
                .setRationale("A restart frees the heap.");
    }

    /** Another remedy, which is undone by the release that it removes. */
    public static Proposal.Builder rollback() {
        return proposal()
                .setAction(ActionKind.ROLL_BACK_RELEASE)
                .setArguments(Map.of("version", "1.4.1", "fromVersion", "1.4.2"));
    }

    /** What learning found of restarts of the inventory service against its leak: forty good ones, and a grant by people. */
    public static Trust.Builder trust(int level) {
        return Trust.newBuilder()
                .setAction(ActionKind.ROLLING_RESTART)
                .setServiceClass(INVENTORY)
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setLevel(level)
                .setGranted(level)
                .setEarned(level)
                .setLowerBound(0.9)
                .setGood(40)
                .setBad(0)
                .setHalfLifeDays(90)
                .setAsOf(NOW)
                .setSentence("");
    }

    /** It did harm, and people's grant no longer counts. */
    public static Trust.Builder distrust(int level, Instant since) {
        return trust(level).setAsOf(since).setDemotedAt(since).setDemotedFor("it did harm in inc-9");
    }

    public static Hypothesis.Builder hypothesis() {
        return Hypothesis.newBuilder()
                .setRank(1)
                .setService(INVENTORY)
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setConfidence(0.9)
                .setChain(List.of(INVENTORY, "demo/shop/orders", "demo/shop/gateway"))
                .setEvidenceFor(List.of(new Claim("the heap fills", List.of("E1"))))
                .setSentence("Inventory leaks memory.");
    }

    public static Investigation.Builder investigation(String id, String incidentId) {
        return Investigation.newBuilder()
                .setId(id)
                .setIncidentId(incidentId)
                .setIncidentVersion(1)
                .setEnvironment("demo")
                .setFingerprint("leak-print")
                .setEngine(Engine.DETERMINISTIC)
                .setStartedAt(NOW.minusSeconds(2))
                .setFinishedAt(NOW.minusSeconds(1))
                .setHypotheses(List.of(hypothesis().build()))
                .setRankerTop(List.of(INVENTORY + "|MEMORY_LEAK"))
                .setProposal(proposal().build())
                .setGroundedShare(1)
                .setSentence("Inventory leaks memory.");
    }
}
