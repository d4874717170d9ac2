package io.nightshift.bench.chaos;

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
import java.time.Instant;
import java.util.List;

/**
 * What detect and investigate would say of one fault of one service.
 *
 * @param service short name
 * @param number from 0; a service may have several at once
 * @param remedy what is proposed against it
 */
record Case(String service, int number, Instant onset, ActionKind remedy) {

    private static final int FLEET = 1_000;

    /** A restart is proposed, and helps. */
    Case(String service, int number, Instant onset) {
        this(service, number, onset, ActionKind.ROLLING_RESTART);
    }

    String incidentId() {
        return "inc-" + service + "-" + number;
    }

    String serviceId() {
        return Estate.key(service).toString();
    }

    /** @param cleared when its anomalies went away; null while they are there */
    Incident incident(int version, Instant now, Instant cleared) {
        return Incident.newBuilder()
                .setId(incidentId())
                .setVersion(version)
                .setPhase(version == 1 ? IncidentPhase.OPEN : IncidentPhase.UPDATE)
                .setEnvironment(Estate.ENVIRONMENT)
                .setFingerprint("print-" + service + "-" + number)
                .setOpenedAt(onset)
                .setOnset(onset)
                .setUpdatedAt(now)
                .setSeverity(5)
                .setPages(true)
                .setServices(List.of(serviceId()))
                .setMembers(List.of(AnomalyBrief.newBuilder()
                        .setId("anm-" + service + "-" + number)
                        .setSubject(Estate.key(service).entity())
                        .setSignal(Signal.METRIC)
                        .setKind(AnomalyKind.LEVEL_SHIFT)
                        .setSeverity(3)
                        .setOnset(onset)
                        .setClearedAt(cleared)
                        .build()))
                .setMemberCount(1)
                .setUnhealthyServices(1)
                .setKnownServices(FLEET)
                .setSentence("The heap of " + service + " fills.")
                .build();
    }

    Proposal.Builder proposal() {
        return Proposal.newBuilder()
                .setAction(remedy)
                .setTarget(serviceId())
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setConfidence(0.9)
                .setRationale("Its heap is full.");
    }

    Investigation investigation(int attempt, Instant now, Proposal proposal) {
        return Investigation.newBuilder()
                .setId("inv-" + service + "-" + number + "-" + attempt)
                .setIncidentId(incidentId())
                .setIncidentVersion(1)
                .setEnvironment(Estate.ENVIRONMENT)
                .setFingerprint("print-" + service + "-" + number)
                .setEngine(Engine.DETERMINISTIC)
                .setStartedAt(now)
                .setFinishedAt(now)
                .setHypotheses(List.of(Hypothesis.newBuilder()
                        .setRank(1)
                        .setService(serviceId())
                        .setCauseClass(CauseClass.MEMORY_LEAK)
                        .setConfidence(0.9)
                        .setChain(List.of(serviceId()))
                        .setEvidenceFor(List.of(new Claim("the heap fills", List.of("E1"))))
                        .setSentence("A leak.")
                        .build()))
                .setRankerTop(List.of(serviceId() + "|MEMORY_LEAK"))
                .setProposal(proposal)
                .setGroundedShare(1)
                .setSentence("A leak.")
                .build();
    }
}
