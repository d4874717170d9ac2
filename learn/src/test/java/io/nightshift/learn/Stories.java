package io.nightshift.learn;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Attribution;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Decision;
import io.nightshift.events.Engine;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Signal;
import io.nightshift.events.Verdict;
import io.nightshift.learn.domain.IncidentVerdict;
import io.nightshift.learn.domain.Promotion;
import io.nightshift.learn.domain.Remarks;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What tests tell of a night: a leak of inventory, its repair, and what people say. */
public final class Stories {

    public static final Instant NIGHT = Instant.parse("2026-01-10T03:12:00Z");
    public static final String SERVICE = "demo/shop/inventory";
    public static final String LESSON = "fp|MEMORY_LEAK|ROLLING_RESTART|" + SERVICE;
    public static final String TRUST = "ROLLING_RESTART|" + SERVICE + "|MEMORY_LEAK";

    private Stories() {}

    public static Instant after(long minutes) {
        return NIGHT.plusSeconds(TimeUnit.MINUTES.toSeconds(minutes));
    }

    public static ActionEvent.Builder event(String incident, String action, ActionStatus status, Instant at) {
        return ActionEvent.newBuilder()
                .setId(action + "-" + status + at)
                .setActionId(action)
                .setStatus(status)
                .setAt(at)
                .setIncidentId(incident)
                .setEnvironment("demo")
                .setService(SERVICE)
                .setAction(ActionKind.ROLLING_RESTART)
                .setTarget(SERVICE)
                .setFingerprint("fp")
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setVerdict(verdict(List.of()))
                .setSentence("test");
    }

    public static Verdict verdict(List<String> approvals) {
        return new Verdict(
                Decision.ALLOW, List.of("policy:act-on-what-restores-itself"), List.of(), "v1", 4, approvals, 0, NIGHT);
    }

    /** An action that policy let through, from its start to this end. */
    public static List<ActionEvent> action(
            String incident, String action, Instant start, ActionStatus end, Instant at) {
        return List.of(
                event(incident, action, ActionStatus.PROPOSED, start.minusSeconds(1))
                        .build(),
                event(incident, action, ActionStatus.STARTED, start).build(),
                event(incident, action, ActionStatus.SUCCEEDED, start.plusSeconds(10))
                        .build(),
                event(incident, action, end, at).setRecoverySeconds(90.0).build());
    }

    public static Incident.Builder incident(String id, int version, Instant onset) {
        return Incident.newBuilder()
                .setId(id)
                .setVersion(version)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("demo")
                .setFingerprint("fp")
                .setOpenedAt(onset)
                .setOnset(onset)
                .setUpdatedAt(onset)
                .setSeverity(3.0)
                .setPages(true)
                .setServices(List.of("demo/shop/orders", SERVICE))
                .setMemberCount(2)
                .setSentence("orders time out calling inventory");
    }

    public static AnomalyBrief member(String service, AnomalyKind kind, Instant onset) {
        return new AnomalyBrief(
                "anm-" + service + kind + onset,
                ServiceKey.parse(service).entity(),
                Signal.TRACE,
                kind,
                kind.name(),
                2.0,
                onset,
                null);
    }

    public static Investigation investigation(
            String id, String incident, String service, CauseClass cause, Instant at) {
        return Investigation.newBuilder()
                .setId(id)
                .setIncidentId(incident)
                .setIncidentVersion(1)
                .setEnvironment("demo")
                .setFingerprint("fp")
                .setEngine(Engine.DETERMINISTIC)
                .setStartedAt(at)
                .setFinishedAt(at)
                .setHypotheses(List.of(Hypothesis.newBuilder()
                        .setRank(1)
                        .setService(service)
                        .setCauseClass(cause)
                        .setConfidence(0.8)
                        .setSentence("because")
                        .build()))
                .setGroundedShare(1)
                .setSentence("because")
                .build();
    }

    public static ControlRecord feedback(
            SigningKey key, String incident, IncidentVerdict verdict, ActionKind did, Instant at) {
        return control(
                key,
                ControlKind.FEEDBACK,
                incident,
                Remarks.arguments(verdict, did, Attribution.UNKNOWN, false),
                "no reason",
                at);
    }

    public static ControlRecord revoke(SigningKey key, String incident, Instant at) {
        return control(key, ControlKind.REVOKE, incident, Map.of(), "", at);
    }

    public static ControlRecord promote(SigningKey key, String trust, int level, Instant at) {
        return control(key, ControlKind.PROMOTE, trust, Promotion.arguments(level), "", at);
    }

    public static ControlRecord control(
            SigningKey key,
            ControlKind kind,
            String subject,
            Map<String, String> arguments,
            String reason,
            Instant at) {
        return ControlSignature.sign(
                ControlRecord.newBuilder()
                        .setId(kind + subject + arguments + at)
                        .setKind(kind)
                        .setSubject(subject)
                        .setActor("alice")
                        .setPerson(true)
                        .setAt(at)
                        .setReason(reason)
                        .setArguments(arguments)
                        .build(),
                key);
    }
}
