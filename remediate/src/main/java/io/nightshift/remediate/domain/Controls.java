package io.nightshift.remediate.domain;

import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Decision;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Incident;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people say: approvals, denials, levels, locks, halt and resume. Nothing counts without a valid signature; what
 * widens needs a person's; each control counts once. What only narrows (halt) needs none.
 */
public record Controls(Admission admission, TrustedKeys keys) {

    public void on(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        Optional<String> refusal = refusal(control, memory, now);
        if (refusal.isPresent()) {
            out.refused(control, refusal.get());
            return;
        }
        switch (control.getKind()) {
            case APPROVE -> approve(control, memory, out, now);
            case DENY -> deny(control, memory, out, now);
            case SET_LEVEL -> setLevel(control, memory, out, now);
            case HANDS_OFF -> handsOff(control, memory, out, now);
            case HANDS_ON -> handsOn(control, memory, out, now);
            default -> {
                return; // Not admission's to answer.
            }
        }
    }

    public void on(HaltRecord halt, AdmissionMemory memory, Outbox out, Instant now) {
        if (halt.getMode() != HaltMode.RESUME) {
            // An unknown mode is a newer halt than this release knows: still a halt.
            Notes.halt(memory, halt.getReason().isEmpty() ? "by " + halt.getActor() : halt.getReason());
        } else if (ControlSignature.verify(halt, keys)
                && keys.isPerson(halt.getKeyId())
                && Notes.resume(memory, halt.getAt())) {
            admission.again(memory, out, now);
        }
    }

    private Optional<String> refusal(ControlRecord control, AdmissionMemory memory, Instant now) {
        if (!ControlSignature.verify(control, keys)) {
            return Optional.of("its signature is not one of a trusted key");
        }
        if (control.getExpiresAt() != null && !now.isBefore(control.getExpiresAt())) {
            return Optional.of("it expired at " + control.getExpiresAt());
        }
        return Notes.isUsed(memory, control.getId()) ? Optional.of("it was used before") : Optional.empty();
    }

    private void approve(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        Optional<ActionState> found = memory.action(control.getSubject());
        if (found.isEmpty()) {
            return; // Another partition's action, or none: every partition hears every control.
        }
        ActionState state = found.get();
        Optional<String> objection = againstApproval(control, state, now);
        if (objection.isPresent()) {
            out.refused(control, objection.get());
            return;
        }
        Notes.use(memory, control.getId(), now);
        List<String> approvals = new ArrayList<>(state.getApprovals());
        approvals.add(control.getKeyId() + "|" + control.getActor());
        ActionState approved =
                ActionState.newBuilder(state).setApprovals(approvals).build();
        memory.keep(approved);
        if (approvals.size()
                >= Judgement.approvalsNeeded(state.getEvent().getPlan().getReversibility())) {
            decide(approved, memory, out, now);
        }
    }

    private Optional<String> againstApproval(ControlRecord control, ActionState state, Instant now) {
        if (!ControlSignature.verifyPerson(control, keys)) {
            return Optional.of("only a person approves");
        }
        if (state.getEvent().getStatus() != ActionStatus.AWAITING_APPROVAL) {
            return Optional.of("the action does not wait for an approval");
        }
        if (!now.isBefore(state.getAskedUntil())) {
            return Optional.of("the question expired at " + state.getAskedUntil());
        }
        if (!state.getEvent().getPlanHash().equals(control.getPlanHash())) {
            return Optional.of("it is bound to another plan");
        }
        boolean again = state.getApprovals().stream()
                .anyMatch(given ->
                        given.startsWith(control.getKeyId() + "|") || given.endsWith("|" + control.getActor()));
        return again ? Optional.of("the same person approved before") : Optional.empty();
    }

    private void decide(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        if (!admission.planning().stillKnows(state.getEvent().getPlan())) {
            Decided gone = Decided.deny(
                    List.of("inventory-target"), List.of("the inventory no longer declares it or its target"));
            admission.deny(
                    state, gone.verdict(admission.judgement().policyVersion(), 0, List.of(), now), memory, out, now);
            return;
        }
        Incident incident = memory.incident(state.getEvent().getIncidentId()).orElseThrow();
        Situation situation = admission.situation(
                state.getEvent().getPlan(),
                state.getInvestigation(),
                incident,
                state.getEvent().getActionId(),
                memory,
                now);
        Decided decided = admission.judgement().decideApproved(situation);
        List<String> people = state.getApprovals().stream()
                .map(approval -> approval.substring(approval.indexOf('|') + 1))
                .toList();
        var verdict = decided.verdict(admission.judgement().policyVersion(), situation.level(), people, now);
        if (decided.decision() == Decision.ALLOW) {
            admission.allow(state, verdict, memory, out, now);
        } else {
            admission.deny(state, verdict, memory, out, now);
            if (decided.isPassing()) {
                memory.keepWaiting(state.getInvestigation()); // Whoever resumes is asked again.
            }
        }
    }

    private void deny(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        memory.action(control.getSubject())
                .filter(state -> state.getEvent().getStatus() == ActionStatus.AWAITING_APPROVAL)
                .ifPresent(state -> {
                    Notes.use(memory, control.getId(), now);
                    ActionState denied = admission
                            .questions()
                            .denied(state, memory.incident(state.getEvent().getIncidentId()), now);
                    Decided decided = Decided.deny(List.of("person"), List.of(denial(control, denied)));
                    int level = state.getEvent().getVerdict().getLevel();
                    admission.deny(
                            denied,
                            decided.verdict(admission.judgement().policyVersion(), level, List.of(), now),
                            memory,
                            out,
                            now);
                });
    }

    private static String denial(ControlRecord control, ActionState denied) {
        return "denied by " + Planning.quoted(control.getActor()) + " until "
                + denied.getDeniedUntil().truncatedTo(ChronoUnit.SECONDS);
    }

    private void setLevel(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        String text = control.getArguments().getOrDefault("level", "");
        if (!text.matches("[1-5]")) {
            out.refused(control, "the level must be 1 to 5");
        } else if (!ControlSignature.verifyPerson(control, keys)) {
            out.refused(control, "only a person sets a level");
        } else {
            Notes.use(memory, control.getId(), now);
            Notes.setLevel(memory, control.getSubject(), Integer.parseInt(text));
        }
    }

    /** Any trusted key may lock, and for longer; what shortens a lock lifts it sooner, which is a person's to do. */
    private void handsOff(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        Lock asked = Lock.askedBy(control, now);
        boolean person = ControlSignature.verifyPerson(control, keys);
        if (!asked.mayReplace(Notes.lock(memory, control.getSubject(), now), person)) {
            out.refused(control, "only a person shortens a lock");
            return;
        }
        Notes.use(memory, control.getId(), now);
        Notes.handsOff(memory, control.getSubject(), asked);
    }

    private void handsOn(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        if (!ControlSignature.verifyPerson(control, keys)) {
            out.refused(control, "only a person lifts a lock");
            return;
        }
        Notes.use(memory, control.getId(), now);
        Notes.handsOn(memory, control.getSubject());
        admission.again(memory, out, now);
    }
}
