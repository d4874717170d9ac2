package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Decision;
import io.nightshift.events.Plan;
import io.nightshift.events.Verdict;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people answer to a question: a yes is bound to the plan, counts once and from one person once, and not from who asked for
 * it where four eyes are wanted. Who is refused is told why in the action's own events.
 */
record Approvals(Admission admission, TrustedKeys keys) {

    void approve(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        Optional<ActionState> found = memory.action(control.getSubject());
        if (found.isEmpty()) {
            return; // Another partition's action, or none: every partition hears every control.
        }
        ActionState state = found.get();
        Optional<String> objection = againstApproval(control, state, memory, now);
        if (objection.isPresent()) {
            refuse(control, objection.get(), memory, out, now);
            return;
        }
        Notes.use(memory, control.getId(), now);
        List<String> approvals = new ArrayList<>(state.getApprovals());
        approvals.add(Signer.of(control));
        ActionState approved =
                ActionState.newBuilder(state).setApprovals(approvals).build();
        memory.keep(approved);
        boolean moved = settle(approved, memory, out, now);
        if (!moved) {
            tell(
                    approved,
                    control,
                    Planning.quoted(control.getActor()) + " approves it, and another person must too.",
                    memory,
                    out,
                    now);
        }
    }

    void deny(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
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
                            decided.verdict(admission.policyVersion(memory), level, List.of(), now),
                            memory,
                            out,
                            now);
                });
    }

    /** Judges every question anew, as after a change of the policy: it may be answered by now, or not be one any more. */
    void again(AdmissionMemory memory, Outbox out, Instant now) {
        for (ActionState state : memory.actions()) {
            if (state.getEvent().getStatus() == ActionStatus.AWAITING_APPROVAL) {
                boolean moved = settle(state, memory, out, now);
                if (!moved) {
                    asUnder(state, memory, out, now);
                }
            }
        }
    }

    /** Says why a control does not count; in the action's events too where somebody known said it about a question that stands. */
    void refuse(ControlRecord control, String why, AdmissionMemory memory, Outbox out, Instant now) {
        boolean known = ControlSignature.verify(control, keys);
        boolean answers = control.getKind() == ControlKind.APPROVE || control.getKind() == ControlKind.DENY;
        if (!known || !answers) {
            out.refused(control, why);
        } else if (memory.action(control.getSubject()).isPresent()) {
            out.refusedHere(control, why);
        }
        if (known && control.getKind() == ControlKind.APPROVE) {
            memory.action(control.getSubject())
                    .filter(state -> state.getEvent().getStatus() == ActionStatus.AWAITING_APPROVAL)
                    .ifPresent(state -> tell(
                            state,
                            control,
                            "The approval by " + Planning.quoted(control.getActor()) + " does not count: " + why + ".",
                            memory,
                            out,
                            now));
        }
    }

    private Optional<String> againstApproval(
            ControlRecord control, ActionState state, AdmissionMemory memory, Instant now) {
        Optional<String> objection = againstAnswer(control, state, now);
        if (objection.isPresent()) {
            return objection;
        }
        String signer = Signer.of(control);
        if (state.getApprovals().stream().anyMatch(given -> Signer.isSame(given, signer))) {
            return Optional.of("the same person approved before");
        }
        boolean asked = requesters(state, memory).stream().anyMatch(one -> Signer.isSame(one, signer));
        return asked && judged(state, memory, now).isFourEyes()
                ? Optional.of("who asked for it, or set the level that it rests on, does not approve it")
                : Optional.empty();
    }

    /** What any yes needs: a person, a question that still stands, and exactly its plan. */
    Optional<String> againstAnswer(ControlRecord control, ActionState state, Instant now) {
        if (!ControlSignature.verifyPerson(control, keys)) {
            return Optional.of("only a person approves");
        }
        if (state.getEvent().getStatus() != ActionStatus.AWAITING_APPROVAL) {
            return Optional.of("the action does not wait for an approval");
        }
        if (!now.isBefore(state.getAskedUntil())) {
            return Optional.of("the question expired at " + state.getAskedUntil());
        }
        return state.getEvent().getPlanHash().equals(control.getPlanHash())
                ? Optional.empty()
                : Optional.of("it is bound to another plan");
    }

    /** Ends the question if it can be: refused by now, in no need of people any more, or approved by enough of them. */
    boolean settle(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        Plan plan = state.getEvent().getPlan();
        Decided decided = judged(state, memory, now);
        List<String> people = counted(state, decided, memory);
        if (decided.decision() == Decision.ASK && people.size() < decided.people()) {
            return false;
        }
        Decided ends = decided.decision() == Decision.ASK ? decided.approved() : decided;
        Verdict verdict =
                ends.verdict(admission.policyVersion(memory), admission.level(plan, memory, now), people, now);
        if (ends.decision() == Decision.ALLOW) {
            admission.allow(state, verdict, memory, out, now);
        } else {
            admission.deny(state, verdict, memory, out, now);
            if (decided.isPassing()) {
                memory.keepWaiting(state.getInvestigation()); // Whoever resumes is asked again.
            }
        }
        return true;
    }

    Decided judged(ActionState state, AdmissionMemory memory, Instant now) {
        Plan plan = state.getEvent().getPlan();
        if (!admission.planning().stillKnows(plan)) {
            return Decided.deny(
                    List.of("inventory-target"), List.of("the inventory no longer declares it or its target"));
        }
        return admission
                .judgement()
                .decide(admission.situation(
                        plan,
                        state.getInvestigation(),
                        memory.incident(state.getEvent().getIncidentId()).orElseThrow(),
                        state.getEvent().getActionId(),
                        memory,
                        now));
    }

    /** Names of those whose approvals count under this decision. */
    private List<String> counted(ActionState state, Decided decided, AdmissionMemory memory) {
        List<String> requesters = decided.isFourEyes() ? requesters(state, memory) : List.of();
        return state.getApprovals().stream()
                .filter(given -> requesters.stream().noneMatch(one -> Signer.isSame(one, given)))
                .map(Signer::name)
                .toList();
    }

    /** Who asked about the incident, and who set the level that it rests on. */
    private List<String> requesters(ActionState state, AdmissionMemory memory) {
        Plan plan = state.getEvent().getPlan();
        List<String> requesters =
                new ArrayList<>(Notes.askers(memory, state.getEvent().getIncidentId()));
        admission
                .planning()
                .inventory()
                .service(plan.getTarget())
                .flatMap(service -> Notes.levelSetBy(memory, service, plan.getAction(), plan.getCauseClass()))
                .ifPresent(requesters::add);
        return requesters;
    }

    /** The question goes on, under the policy that is in force now. */
    private void asUnder(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        Decided decided = judged(state, memory, now);
        Verdict verdict = decided.verdict(
                admission.policyVersion(memory),
                state.getEvent().getVerdict().getLevel(),
                counted(state, decided, memory),
                now);
        ActionEvent event = ActionEvent.newBuilder(ActionEvents.next(
                        state.getEvent(),
                        ActionStatus.AWAITING_APPROVAL,
                        now,
                        "The policy has changed, and the "
                                + ActionEvents.name(state.getEvent().getAction()) + " of "
                                + Planning.quoted(state.getEvent().getTarget()) + " still waits for a person."))
                .setVerdict(verdict)
                .build();
        ActionEvents.move(state, event, memory, out);
    }

    private void tell(
            ActionState state,
            ControlRecord control,
            String sentence,
            AdmissionMemory memory,
            Outbox out,
            Instant now) {
        Verdict verdict = Verdict.newBuilder(state.getEvent().getVerdict())
                .setApprovals(state.getApprovals().stream().map(Signer::name).toList())
                .build();
        ActionEvent event = ActionEvent.newBuilder(
                        ActionEvents.next(state.getEvent(), ActionStatus.AWAITING_APPROVAL, now, sentence))
                .setId(CauseHash.id(
                        "evt", state.getEvent().getActionId(), ControlKind.APPROVE, control.getId(), sentence))
                .setVerdict(verdict)
                .build();
        ActionEvents.move(state, event, memory, out);
    }

    private static String denial(ControlRecord control, ActionState denied) {
        return "denied by " + Planning.quoted(control.getActor()) + " until "
                + denied.getDeniedUntil().truncatedTo(ChronoUnit.SECONDS);
    }
}
