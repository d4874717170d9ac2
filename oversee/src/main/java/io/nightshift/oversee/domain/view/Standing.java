package io.nightshift.oversee.domain.view;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.oversee.domain.night.IncidentFile;
import java.util.Optional;

/**
 * Where an incident stands, in words and in tone.
 *
 * @param tone bad, warn, good, person (somebody is asked for) or calm
 */
record Standing(String words, String tone) {

    static Standing of(IncidentFile file) {
        IncidentPhase phase = file.latest().map(Incident::getPhase).orElse(IncidentPhase.UNKNOWN);
        if (phase == IncidentPhase.MERGED) {
            return new Standing(
                    "part of " + file.latest().map(Incident::getMergedInto).orElse("another incident"), "calm");
        }
        Optional<ActionEvent> telling = file.tellingAction();
        if (telling.isPresent()) {
            return ofAction(telling.get().getStatus());
        }
        if (phase == IncidentPhase.RESOLVED) {
            return new Standing("resolved by itself", "good");
        }
        Optional<Investigation> answer = file.answer();
        if (answer.isPresent()) {
            return answer.get().getProposal() == null
                    ? new Standing("explained, nothing proposed", "warn")
                    : new Standing("explained", "bad");
        }
        return new Standing("being investigated", "bad");
    }

    private static Standing ofAction(ActionStatus status) {
        String words =
                switch (status) {
                    case PROPOSED -> "repair proposed";
                    case AWAITING_APPROVAL -> "waits for your decision";
                    case DENIED -> "repair refused";
                    case EXPIRED -> "nobody decided in time";
                    case WITHDRAWN -> "question withdrawn";
                    case ALLOWED -> "about to be repaired";
                    case STARTED -> "being repaired";
                    case SUCCEEDED -> "repaired, being verified";
                    case FAILED -> "repair failed";
                    case IN_DOUBT -> "outcome of the repair unknown";
                    case RECOVERED -> "recovered";
                    case NOT_RECOVERED -> "not recovered";
                    case UNDOING -> "repair being undone";
                    case ROLLED_BACK -> "repair undone";
                    case ESCALATED -> "needs a person";
                    case HELD -> "recovered and held";
                    case RECURRED -> "came back";
                    case SHADOWED -> "would have been repaired";
                    case UNKNOWN -> "unknown";
                };
        return new Standing(words, tone(status));
    }

    static String tone(ActionStatus status) {
        return switch (status) {
            case AWAITING_APPROVAL, ESCALATED -> "person";
            case RECOVERED, HELD -> "good";
            case FAILED, IN_DOUBT, NOT_RECOVERED, RECURRED -> "bad";
            case DENIED, EXPIRED, UNDOING, ROLLED_BACK, STARTED, ALLOWED, SUCCEEDED, PROPOSED -> "warn";
            case SHADOWED, WITHDRAWN, UNKNOWN -> "calm";
        };
    }
}
