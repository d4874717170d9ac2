package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Decision;
import io.nightshift.events.Emergency;
import io.nightshift.events.Reversibility;
import io.nightshift.events.Verdict;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one person approves alone in an emergency, whoever asked for it and however many are wanted, and what another says of it
 * afterwards. It widens whose yes counts and nothing else: guards, policy, the plan's hash and its time hold as for every approval,
 * and what can't be taken back or is protected needs two people here too.
 */
record Emergencies(Admission admission, Approvals approvals, TrustedKeys keys, EmergencyRule rule) {

    private static final Set<String> TWO_PEOPLE = Set.of("irreversible", "protected-target");

    static boolean isOne(ControlRecord control) {
        return Boolean.parseBoolean(control.getArguments().get(EmergencyRule.ARGUMENT));
    }

    void approve(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        Optional<ActionState> found = memory.action(control.getSubject());
        if (found.isEmpty()) {
            return; // Another partition's action, or none.
        }
        ActionState state = found.get();
        Optional<String> objection =
                approvals.againstAnswer(control, state, now).or(() -> againstEmergency(control, state, memory, now));
        if (objection.isPresent()) {
            approvals.refuse(control, objection.get(), memory, out, now);
            return;
        }
        Notes.use(memory, control.getId(), now);
        Decided decided = approvals.judged(state, memory, now);
        if (decided.decision() != Decision.ASK) {
            approvals.settle(state, memory, out, now); // Refused by now, or in no need of anybody.
            return;
        }
        allow(control, state, decided, memory, out, now);
    }

    private void allow(
            ControlRecord control,
            ActionState state,
            Decided decided,
            AdmissionMemory memory,
            Outbox out,
            Instant now) {
        Instant due = now.plus(rule.reviewWithin());
        Emergency emergency = Emergency.newBuilder()
                .setBy(Signer.of(control))
                .setReason(control.getReason())
                .setReviewDue(due)
                .build();
        List<String> signers = new ArrayList<>(state.getApprovals());
        signers.add(Signer.of(control));
        ActionState marked = ActionState.newBuilder(state)
                .setApprovals(signers)
                .setEvent(ActionEvent.newBuilder(state.getEvent())
                        .setEmergency(emergency)
                        .build())
                .build();
        Verdict verdict = decided.approved()
                .saying("approved alone in an emergency by " + Planning.quoted(control.getActor())
                        + ", to be reviewed by another person until " + due.truncatedTo(ChronoUnit.SECONDS))
                .verdict(
                        admission.policyVersion(memory),
                        admission.level(state.getEvent().getPlan(), memory, now),
                        signers.stream().map(Signer::name).distinct().toList(),
                        now);
        admission.allow(marked, verdict, memory, out, now);
    }

    private Optional<String> againstEmergency(
            ControlRecord control, ActionState state, AdmissionMemory memory, Instant now) {
        if (!rule.permitted()) {
            return Optional.of(
                    "emergencies are not permitted here: the profile regulated, or remediate.emergencies, does");
        }
        if (control.getReason().isBlank()) {
            return Optional.of("an emergency needs a reason");
        }
        boolean two = state.getEvent().getPlan().getReversibility() == Reversibility.IRREVERSIBLE
                || approvals.judged(state, memory, now).rules().stream().anyMatch(TWO_PEOPLE::contains);
        if (two) {
            return Optional.of("what can't be taken back, or is protected, needs two people in an emergency too");
        }
        String signer = Signer.of(control);
        return memory.actions().stream()
                .filter(other ->
                        isUnreviewed(other) && !now.isBefore(emergency(other).getReviewDue()))
                .filter(other -> Signer.isSame(emergency(other).getBy(), signer))
                .findFirst()
                .map(other -> "the review of an earlier emergency of the same person is overdue: "
                        + other.getEvent().getActionId());
    }

    /** Another person says whether it was justified. It changes nothing that was done. */
    void review(ControlRecord control, AdmissionMemory memory, Outbox out, Instant now) {
        Optional<ActionState> found = memory.action(control.getSubject());
        if (found.isEmpty()) {
            return;
        }
        ActionState state = found.get();
        Optional<String> objection = againstReview(control, state);
        if (objection.isPresent()) {
            out.refusedHere(control, objection.get());
            if (emergency(state) != null) {
                String why = "The review by " + Planning.quoted(control.getActor()) + " does not count: "
                        + objection.get() + ".";
                tell(state, emergency(state), control.getId(), why, memory, out, now);
            }
            return;
        }
        Notes.use(memory, control.getId(), now);
        boolean accepted = isAccepting(control);
        Emergency reviewed = Emergency.newBuilder(emergency(state))
                .setOverdue(false)
                .setReviewedBy(Signer.of(control))
                .setAccepted(accepted)
                .setReview(control.getReason())
                .build();
        String sentence = "The emergency approval by " + by(state) + " was reviewed by "
                + Planning.quoted(control.getActor()) + " and " + (accepted ? "accepted." : "rejected.");
        tell(state, reviewed, control.getId(), sentence, memory, out, now);
    }

    private Optional<String> againstReview(ControlRecord control, ActionState state) {
        if (!ControlSignature.verifyPerson(control, keys)) {
            return Optional.of("only a person reviews");
        }
        if (emergency(state) == null) {
            return Optional.of("the action was not approved in an emergency");
        }
        if (!emergency(state).getReviewedBy().isEmpty()) {
            return Optional.of("it was reviewed before");
        }
        if (Signer.isSame(emergency(state).getBy(), Signer.of(control))) {
            return Optional.of("who approved it does not review it");
        }
        String verdict = control.getArguments().getOrDefault(EmergencyRule.VERDICT, "");
        if (!verdict.equals(EmergencyRule.ACCEPT) && !verdict.equals(EmergencyRule.REJECT)) {
            return Optional.of("the verdict of a review is accept or reject");
        }
        return control.getReason().isBlank() ? Optional.of("a review needs a reason") : Optional.empty();
    }

    private static boolean isAccepting(ControlRecord control) {
        return control.getArguments().getOrDefault(EmergencyRule.VERDICT, "").equals(EmergencyRule.ACCEPT);
    }

    /** Says once that a review is overdue. Returns whether it said so. */
    static boolean due(ActionState state, AdmissionMemory memory, Outbox out, Instant now) {
        Emergency emergency = emergency(state);
        boolean news = isUnreviewed(state) && !emergency.getOverdue() && !now.isBefore(emergency.getReviewDue());
        if (news) {
            Emergency overdue = Emergency.newBuilder(emergency).setOverdue(true).build();
            String sentence = "Nobody has reviewed the emergency approval by " + by(state)
                    + " in time; until another person does, no further emergency of " + by(state) + " counts.";
            tell(state, overdue, "overdue", sentence, memory, out, now);
        }
        return news;
    }

    /** Whether another person is still to look at it: it must not be forgotten before. */
    static boolean isUnreviewed(ActionState state) {
        return EmergencyRule.awaitsReview(state.getEvent());
    }

    private static Emergency emergency(ActionState state) {
        return state.getEvent().getEmergency();
    }

    private static String by(ActionState state) {
        return Planning.quoted(Signer.name(emergency(state).getBy()));
    }

    private static void tell(
            ActionState state,
            Emergency emergency,
            String cause,
            String sentence,
            AdmissionMemory memory,
            Outbox out,
            Instant now) {
        ActionEvent last = state.getEvent();
        ActionEvent event = ActionEvent.newBuilder(ActionEvents.next(last, last.getStatus(), now, sentence))
                .setId(CauseHash.id("evt", last.getActionId(), EmergencyRule.ARGUMENT, cause))
                .setProbes(last.getProbes()) // its status is the same, and rests on the same
                .setEmergency(emergency)
                .build();
        ActionEvents.move(state, event, memory, out);
    }
}
