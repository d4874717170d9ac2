package io.nightshift.bench.learn;

import io.nightshift.bench.learn.World.Fault;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Attribution;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Decision;
import io.nightshift.events.Dossier;
import io.nightshift.events.Engine;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Verdict;
import io.nightshift.learn.domain.Dossiers;
import io.nightshift.learn.domain.IncidentVerdict;
import io.nightshift.learn.domain.Remarks;
import java.time.Instant;
import java.util.List;

/** What the topics would tell of an incident. */
final class Told {

    private static final Dossiers DOSSIERS = new Dossiers(Told::serviceClass);

    private Told() {}

    /** environment/class of a service of the fleet, which its number tells; of anything else itself. */
    static String serviceClass(String service) {
        if (!service.startsWith(World.FLEET)) {
            return service;
        }
        int number = Integer.parseInt(service.substring(World.FLEET.length()));
        return "sim/" + World.CLASSES.get(number % World.CLASSES.size());
    }

    static Dossier carriedOut(
            Dossier empty, Fault fault, ActionKind action, boolean held, boolean harmSeen, boolean alone, Instant now) {
        Dossier dossier = begun(empty, fault, now);
        List<String> approvals = alone ? List.of() : List.of("person");
        for (ActionStatus status : List.of(
                ActionStatus.STARTED, ActionStatus.SUCCEEDED, held ? ActionStatus.HELD : ActionStatus.RECURRED)) {
            dossier = DOSSIERS.with(dossier, event(fault, action, status, approvals, now));
        }
        return harmSeen
                ? DOSSIERS.with(
                        dossier,
                        Remarks.of(said(fault, IncidentVerdict.BAD, ActionKind.UNKNOWN, now))
                                .orElseThrow())
                : dossier;
    }

    static Dossier byAPerson(Dossier empty, Fault fault, ActionKind proposed, ActionKind did, Instant now) {
        Dossier dossier =
                DOSSIERS.with(begun(empty, fault, now), event(fault, proposed, ActionStatus.DENIED, List.of(), now));
        return DOSSIERS.with(
                dossier, Remarks.of(said(fault, IncidentVerdict.GOOD, did, now)).orElseThrow());
    }

    private static Dossier begun(Dossier empty, Fault fault, Instant now) {
        Incident incident = incident(empty.getIncidentId(), fault, now);
        Investigation investigation = Investigation.newBuilder()
                .setId("inv-" + fault.number())
                .setIncidentId(empty.getIncidentId())
                .setIncidentVersion(1)
                .setEnvironment("sim")
                .setFingerprint(fault.fingerprint())
                .setEngine(Engine.DETERMINISTIC)
                .setStartedAt(now)
                .setFinishedAt(now)
                .setHypotheses(List.of(Hypothesis.newBuilder()
                        .setRank(1)
                        .setService(fault.service().id())
                        .setCauseClass(fault.cause())
                        .setConfidence(0.8)
                        .setSentence("")
                        .build()))
                .setSentence("")
                .build();
        return DOSSIERS.with(DOSSIERS.with(empty, incident), investigation);
    }

    static Incident incident(String id, Fault fault, Instant now) {
        return Incident.newBuilder()
                .setId(id)
                .setVersion(1)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("sim")
                .setFingerprint(fault.fingerprint())
                .setOpenedAt(now)
                .setOnset(now)
                .setUpdatedAt(now)
                .setSeverity(2)
                .setPages(true)
                .setServices(List.of(fault.service().id()))
                .setMemberCount(1)
                .setSentence(fault.fingerprint())
                .build();
    }

    private static ActionEvent event(
            Fault fault, ActionKind action, ActionStatus status, List<String> approvals, Instant now) {
        return ActionEvent.newBuilder()
                .setId("evt-" + fault.number() + status)
                .setActionId("act-" + fault.number())
                .setStatus(status)
                .setAt(now)
                .setIncidentId("inc-" + fault.number())
                .setEnvironment("sim")
                .setService(fault.service().id())
                .setAction(action)
                .setTarget(fault.service().id())
                .setVerdict(new Verdict(Decision.ALLOW, List.of(), List.of(), "", 4, approvals, 0, now))
                .setFingerprint(fault.fingerprint())
                .setCauseClass(fault.cause())
                .setSentence("")
                .build();
    }

    private static ControlRecord said(Fault fault, IncidentVerdict verdict, ActionKind did, Instant now) {
        return ControlRecord.newBuilder()
                .setId("said-" + fault.number())
                .setKind(ControlKind.FEEDBACK)
                .setSubject("inc-" + fault.number())
                .setActor("person")
                .setPerson(true)
                .setAt(now)
                .setArguments(Remarks.arguments(verdict, did, Attribution.UNKNOWN, false))
                .build();
    }
}
