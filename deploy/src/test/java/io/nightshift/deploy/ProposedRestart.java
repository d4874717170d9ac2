package io.nightshift.deploy;

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
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.List;

/** What detect and investigate would say of a leak in inventory, from a fault that began a moment ago. */
record ProposedRestart(Instant now) {

    static final String INCIDENT = "inc-1";
    private static final String INVENTORY = "demo/shop/inventory";

    Incident incident() {
        return Incident.newBuilder()
                .setId(INCIDENT)
                .setVersion(1)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("demo")
                .setFingerprint("leak-print")
                .setOpenedAt(onset())
                .setOnset(onset())
                .setUpdatedAt(now)
                .setSeverity(5)
                .setPages(true)
                .setServices(List.of(INVENTORY, "demo/shop/orders", "demo/shop/gateway"))
                .setMembers(List.of(anomaly(null)))
                .setMemberCount(1)
                .setUnhealthyServices(3)
                .setKnownServices(5)
                .setSentence("Inventory leaks.")
                .build();
    }

    /** The same incident when its anomalies are gone. */
    Incident cleared(Instant at) {
        return Incident.newBuilder(incident())
                .setVersion(2)
                .setPhase(IncidentPhase.UPDATE)
                .setUpdatedAt(at)
                .setMembers(List.of(anomaly(at)))
                .build();
    }

    Investigation investigation() {
        return Investigation.newBuilder()
                .setId("inv-1")
                .setIncidentId(INCIDENT)
                .setIncidentVersion(1)
                .setEnvironment("demo")
                .setFingerprint("leak-print")
                .setEngine(Engine.DETERMINISTIC)
                .setStartedAt(now)
                .setFinishedAt(now)
                .setHypotheses(List.of(Hypothesis.newBuilder()
                        .setRank(1)
                        .setService(INVENTORY)
                        .setCauseClass(CauseClass.MEMORY_LEAK)
                        .setConfidence(0.9)
                        .setChain(List.of(INVENTORY, "demo/shop/orders", "demo/shop/gateway"))
                        .setEvidenceFor(List.of(new Claim("the heap fills", List.of("E1"))))
                        .setSentence("Inventory leaks memory.")
                        .build()))
                .setRankerTop(List.of(INVENTORY + "|MEMORY_LEAK"))
                .setProposal(Proposal.newBuilder()
                        .setAction(ActionKind.ROLLING_RESTART)
                        .setTarget(INVENTORY)
                        .setCauseClass(CauseClass.MEMORY_LEAK)
                        .setConfidence(0.9)
                        .setRationale("A restart frees the heap.")
                        .build())
                .setGroundedShare(1)
                .setSentence("Inventory leaks memory.")
                .build();
    }

    private Instant onset() {
        return now.minusSeconds(30);
    }

    private AnomalyBrief anomaly(Instant clearedAt) {
        return AnomalyBrief.newBuilder()
                .setId("anm-inventory")
                .setSubject(new ServiceKey("demo", "shop", "inventory").entity())
                .setSignal(Signal.METRIC)
                .setKind(AnomalyKind.LEVEL_SHIFT)
                .setSeverity(3)
                .setOnset(onset())
                .setClearedAt(clearedAt)
                .build();
    }
}
