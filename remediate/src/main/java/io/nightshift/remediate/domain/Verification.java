package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.ProbeReport;
import io.nightshift.events.ProbeRequest;
import io.nightshift.events.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges whether a repair worked: by independent probes and by telemetry, both, without a break for the soak time. The
 * actor's own word counts for nothing, and no answer never counts as a good one. Meanwhile no neighbour may get worse that was
 * wholly well before the first effect: then the repair is given up at once.
 *
 * @param probeEvery time between two rounds of probes
 * @param soak how long all must be well
 * @param verifyWithin time after the last effect within which recovery must be seen
 * @param holdFor time after recovery without the fault's return, after which the repair held
 */
public record Verification(Duration probeEvery, Duration soak, Duration verifyWithin, Duration holdFor) {

    public void on(ProbeReport report, AdmissionMemory memory) {
        memory.action(report.getActionId())
                .filter(state -> state.getEvent().getStatus() == ActionStatus.SUCCEEDED)
                .filter(state -> !report.getAt().isBefore(state.getSucceededAt()))
                .ifPresent(state -> memory.keep(heard(state, report)));
    }

    private static ActionState heard(ActionState state, ProbeReport report) {
        Instant since = state.getWorseSince() == null ? report.getAt() : state.getWorseSince();
        boolean isWorse = Worsening.ofNeighbours(state.getPassing(), report.getNeighbours())
                .isPresent();
        return ActionState.newBuilder(state)
                .setReport(report)
                .setWorseSince(isWorse ? since : null)
                .build();
    }

    /** Looks at an action whose effects are done: asks for probes, judges, ends the waiting. */
    public void due(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        switch (state.getEvent().getStatus()) {
            case SUCCEEDED -> verify(state, memory, out, now);
            case RECOVERED -> hold(state, memory, out, now);
            default -> {
                return;
            }
        }
    }

    private void verify(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        Optional<String> worse = worse(state);
        if (worse.isPresent()) {
            giveUp(state, "a neighbour got worse", "A neighbour got worse by it: " + worse.get(), memory, out, now);
            return;
        }
        if (!now.isBefore(state.getSucceededAt().plus(verifyWithin))) {
            giveUp(state, "the repair did not help", unseen(state, memory, now), memory, out, now);
            return;
        }
        ActionState asked = ask(state, Neighbours.of(state.getEvent(), memory), out, now);
        if (!isWell(asked, memory, now)) {
            memory.keep(ActionState.newBuilder(asked).setHealthySince(null).build());
        } else if (asked.getHealthySince() == null) {
            memory.keep(ActionState.newBuilder(asked).setHealthySince(now).build());
        } else if (now.isBefore(asked.getHealthySince().plus(soak))) {
            memory.keep(asked);
        } else {
            recovered(asked, memory, out, now);
        }
    }

    /** Probes the target, and its neighbours too, which the repair must not have harmed. */
    private ActionState ask(ActionState state, List<String> neighbours, Outbox out, Instant now) {
        if (state.getProbedAt() != null && now.isBefore(state.getProbedAt().plus(probeEvery))) {
            return state;
        }
        ActionEvent event = state.getEvent();
        out.probe(ProbeRequest.newBuilder()
                .setActionId(event.getActionId())
                .setIncidentId(event.getIncidentId())
                .setEnvironment(event.getEnvironment())
                .setService(event.getService())
                .setInstances(event.getPlan().getInstances())
                .setNeighbours(neighbours)
                .setAt(now)
                .setExpiresAt(now.plus(probeEvery.multipliedBy(3)))
                .build());
        return ActionState.newBuilder(state).setProbedAt(now).build();
    }

    private boolean isWell(ActionState state, AdmissionMemory memory, Instant now) {
        ProbeReport report = state.getReport();
        boolean probed = report != null
                && report.getPassed()
                && state.getWorseSince() == null
                && report.getAt().plus(probeEvery.multipliedBy(4)).isAfter(now);
        return probed
                && incident(state.getEvent().getIncidentId(), memory)
                        .filter(incident -> isCleared(incident, state))
                        .isPresent();
    }

    /** The incident, or the one that it became part of. */
    private static Optional<Incident> incident(String id, AdmissionMemory memory) {
        Optional<Incident> incident = memory.incident(id);
        return incident.flatMap(
                found -> found.getMergedInto() == null || found.getMergedInto().equals(id)
                        ? incident
                        : memory.incident(found.getMergedInto()));
    }

    /** Kinds that say that something is other than before. A recovery is such a change itself, in all that had suffered. */
    private static final Set<AnomalyKind> MERE_CHANGES = EnumSet.of(
            AnomalyKind.SPIKE,
            AnomalyKind.LEVEL_SHIFT,
            AnomalyKind.DRIFT,
            AnomalyKind.VARIANCE_CHANGE,
            AnomalyKind.SILENCE,
            AnomalyKind.PROPORTION);

    /**
     * The incident is over; or the target had anomalies and none is open, and no new harm has begun in the incident since
     * the repair: failures, slowness, silence of a service, something full. A log line that was new does not count: it ends
     * by being known, not by being repaired. Nor does an error budget: what was spent stays spent for hours after the
     * failures, which count themselves, have ended.
     */
    private static boolean isCleared(Incident incident, ActionState state) {
        if (incident.getPhase() == IncidentPhase.RESOLVED) {
            return true;
        }
        boolean had = false;
        for (var member : incident.getMembers()) {
            if (member.getKind() == AnomalyKind.NEW_TEMPLATE || member.getKind() == AnomalyKind.BURN_RATE) {
                continue;
            }
            boolean onTarget = Services.of(member).equals(state.getEvent().getService());
            had |= onTarget;
            boolean isNew = member.getOnset().isAfter(state.getEffectAt());
            boolean isOpen = member.getClearedAt() == null;
            if (isOpen && (isNew ? !MERE_CHANGES.contains(member.getKind()) : onTarget)) {
                return false;
            }
        }
        return had;
    }

    private void recovered(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        double seconds = Duration.between(state.getOnset(), now).toMillis() / 1000.0;
        ActionEvent event = ActionEvent.newBuilder(ActionEvents.next(
                        state.getEvent(),
                        ActionStatus.RECOVERED,
                        now,
                        Planning.quoted(state.getEvent().getService())
                                + " recovered: its probes pass and its anomalies have cleared, "
                                + Math.round(seconds) + " s after the onset."))
                .setProbes(state.getReport().getResults())
                .setRecoverySeconds(seconds)
                .setDeadline(null)
                .build();
        ActionEvents.move(ActionState.newBuilder(state).setRecoveredAt(now).build(), event, memory, out);
    }

    private static void giveUp(
            ActionState state, String why, String sentence, AdmissionMemory memory, Outbox out, Instant now) {
        ActionEvent event = ActionEvent.newBuilder(
                        ActionEvents.next(state.getEvent(), ActionStatus.NOT_RECOVERED, now, sentence))
                .setProbes(seen(state.getReport()))
                .build();
        ActionState moved = ActionEvents.move(state, event, memory, out);
        if (Undoing.isPossible(moved.getEvent().getPlan())) {
            Undoing.begin(moved, why, memory, out, now);
        } else {
            Handover.escalate(moved, why, memory, out, now);
        }
    }

    private static List<ProbeResult> seen(ProbeReport report) {
        return report == null
                ? List.of()
                : Stream.concat(report.getResults().stream(), report.getNeighbours().stream())
                        .toList();
    }

    /** What two rounds in a row found worse at a neighbour: one may have met a moment. */
    private static Optional<String> worse(ActionState state) {
        return Optional.ofNullable(state.getWorseSince())
                .filter(since -> state.getReport().getAt().isAfter(since))
                .flatMap(since -> Worsening.ofNeighbours(
                        state.getPassing(), state.getReport().getNeighbours()))
                .map(what -> what + ", in two rounds in a row.");
    }

    private String unseen(ActionState state, AdmissionMemory memory, Instant now) {
        return "Recovery of " + Planning.quoted(state.getEvent().getService()) + " was not seen within "
                + verifyWithin.toSeconds() + " s: " + missing(state, memory, now) + ".";
    }

    private String missing(ActionState state, AdmissionMemory memory, Instant now) {
        if (state.getReport() == null) {
            return "no probe reported";
        }
        if (!state.getReport().getPassed()) {
            return "its probes do not pass";
        }
        return isWell(state, memory, now) ? "it was not well for long enough" : "its anomalies have not cleared";
    }

    private void hold(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        if (!now.isBefore(state.getRecoveredAt().plus(holdFor))) {
            ActionEvents.move(
                    state,
                    ActionStatus.HELD,
                    now,
                    "The repair of " + Planning.quoted(state.getEvent().getService()) + " held for "
                            + holdFor.toSeconds() + " s.",
                    memory,
                    out);
        }
    }

    /** A new incident may be the old fault's return: the same fingerprint, begun after the recovery. */
    public void on(Incident incident, AdmissionMemory memory, Outbox out, Instant now) {
        if (incident.getPhase() != IncidentPhase.OPEN) {
            return;
        }
        for (ActionState state : memory.actions()) {
            boolean returned = state.getEvent().getStatus() == ActionStatus.RECOVERED
                    && state.getEvent().getEnvironment().equals(incident.getEnvironment())
                    && state.getEvent().getFingerprint().equals(incident.getFingerprint())
                    && !state.getEvent().getIncidentId().equals(incident.getId())
                    && incident.getOnset().isAfter(state.getRecoveredAt());
            if (returned) {
                recurred(state, incident.getId(), memory, out, now);
            }
        }
    }

    /** An investigation may show the old fault's return: the same service and cause, begun after the recovery. */
    public void on(Investigation investigation, AdmissionMemory memory, Outbox out, Instant now) {
        Optional<Hypothesis> top = investigation.getHypotheses().stream().findFirst();
        Optional<Incident> incident = memory.incident(investigation.getIncidentId());
        if (top.isEmpty() || incident.isEmpty()) {
            return;
        }
        for (ActionState state : memory.actions()) {
            boolean same = state.getEvent().getStatus() == ActionStatus.RECOVERED
                    && state.getEvent().getService().equals(top.get().getService())
                    && state.getEvent().getCauseClass() == top.get().getCauseClass();
            if (same && beganAfter(state, incident.get())) {
                recurred(state, incident.get().getId(), memory, out, now);
            }
        }
    }

    /** Whether the incident, or anything at the repaired service in it, began after the recovery. */
    static boolean beganAfter(ActionState state, Incident incident) {
        return incident.getOnset().isAfter(state.getRecoveredAt())
                || incident.getMembers().stream()
                        .anyMatch(member -> member.getClearedAt() == null
                                && Services.of(member).equals(state.getEvent().getService())
                                && member.getOnset().isAfter(state.getRecoveredAt()));
    }

    private static void recurred(
            ActionState state, String incidentId, AdmissionMemory memory, Outbox out, Instant now) {
        ActionEvents.move(
                state,
                ActionStatus.RECURRED,
                now,
                "The fault of " + Planning.quoted(state.getEvent().getService()) + " came back with "
                        + Planning.quoted(incidentId) + ": the repair did not hold.",
                memory,
                out);
    }
}
