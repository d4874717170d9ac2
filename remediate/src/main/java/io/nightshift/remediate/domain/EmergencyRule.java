package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import java.time.Duration;
import java.util.Map;

/**
 * What an installation permits of emergencies, and how a control record says that it is about one.
 *
 * @param permitted whether one person may approve alone at all
 * @param reviewWithin time within which another person is to review it
 */
public record EmergencyRule(boolean permitted, Duration reviewWithin) {

    static final String ARGUMENT = "emergency";
    static final String VERDICT = "verdict";
    static final String ACCEPT = "accept";
    static final String REJECT = "reject";

    /** Whether it was approved by one person alone, and nobody else has reviewed that yet. */
    public static boolean awaitsReview(ActionEvent event) {
        return event.getEmergency() != null
                && event.getEmergency().getReviewedBy().isEmpty();
    }

    /** Arguments of an approval that is one of an emergency. */
    public static Map<String, String> approval() {
        return Map.of(ARGUMENT, "true");
    }

    /** Arguments of a review. */
    public static Map<String, String> review(boolean accepted) {
        return Map.of(VERDICT, accepted ? ACCEPT : REJECT);
    }
}
