package io.nightshift.deploy.cli;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlKind;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a decision about an action.
 *
 * @param kind approve or deny
 * @param actor who decided
 * @param waiting the action as it waited; null when nothing did
 * @param answer what happened to it next; null when nothing did in time
 * @param haltFile whether the halt file is there
 */
record Outcome(ControlKind kind, String actor, ActionEvent waiting, ActionEvent answer, boolean haltFile) {

    private static final String HALT = "halt"; // the guard's id

    boolean isDone() {
        if (waiting == null) {
            return false;
        }
        if (kind == ControlKind.DENY) {
            return is(ActionStatus.DENIED);
        }
        return !isHalted() && (isUnderWay() || isCounted());
    }

    /** Whether it counts, and another person must approve too. */
    private boolean isCounted() {
        return is(ActionStatus.AWAITING_APPROVAL)
                && answer.getVerdict().getApprovals().contains(actor)
                && !waiting.getVerdict().getApprovals().contains(actor);
    }

    private boolean is(ActionStatus status) {
        return answer != null && answer.getStatus() == status;
    }

    private boolean isUnderWay() {
        return is(ActionStatus.ALLOWED) || is(ActionStatus.STARTED) || is(ActionStatus.SUCCEEDED);
    }

    private boolean isHalted() {
        return haltFile
                || answer != null
                        && answer.getVerdict() != null
                        && answer.getVerdict().getRules().contains(HALT);
    }

    String sentence() {
        String action = Words.what(waiting);
        if (kind == ControlKind.DENY) {
            return is(ActionStatus.DENIED)
                    ? Words.plain(answer.getSentence())
                            + " It is asked for again before only with another plan, when the"
                            + " incident begins to affect users, or after ./nightshift investigate "
                            + waiting.getIncidentId() + "."
                    : unanswered("the denial", action);
        }
        if (isHalted()) {
            return "recorded, but Nightshift is halted: nothing is done. ./nightshift resume lifts the halt; the "
                    + action + " is then planned anew, and asked about again where a person must decide.";
        }
        if (isUnderWay()) {
            return "approved: the " + action + " is allowed and begins now; ./nightshift actions shows how it goes"
                    + (answer.getEmergency() == null
                            ? ""
                            : ". Another person reviews this emergency until "
                                    + answer.getEmergency().getReviewDue().truncatedTo(ChronoUnit.SECONDS)
                                    + ": ./nightshift review-emergency " + waiting.getActionId());
        }
        if (isCounted()) {
            int more = answer.getVerdict().getApprovalsNeeded()
                    - answer.getVerdict().getApprovals().size();
            return "approved by you; " + (more == 1 ? "one more person" : more + " more people") + " must approve the "
                    + action + " too, each with a key of their own (--key)";
        }
        return unanswered("the approval", action);
    }

    private String unanswered(String decision, String action) {
        return answer == null
                ? decision + " of the " + action
                        + " is recorded, but nothing has answered it; ./nightshift status tells"
                        + " whether admission runs, ./nightshift actions what becomes of it"
                : decision + " changes nothing: " + Words.plain(answer.getSentence());
    }

    Map<String, Object> fields(String sentence) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("decision", kind.name());
        fields.put("actionId", waiting == null ? null : waiting.getActionId());
        fields.put("incidentId", waiting == null ? null : waiting.getIncidentId());
        fields.put("done", isDone());
        fields.put("halted", isHalted());
        fields.put("status", answer == null ? null : answer.getStatus().name());
        fields.put("sentence", sentence);
        return fields;
    }
}
