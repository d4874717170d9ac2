package io.nightshift.learn.domain.review;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.learn.domain.Remarks;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;

/**
 * What somebody said about an incident or one of its actions, and whether it counts.
 *
 * @param refusal why it does not count; empty when it does
 */
public record Heard(ControlRecord control, String refusal) {

    public static Heard of(ControlRecord control, TrustedKeys keys) {
        if (!ControlSignature.verify(control, keys)) {
            return new Heard(control, "its signature is not one of a trusted key");
        }
        if (!ControlSignature.verifyPerson(control, keys)) {
            return new Heard(control, "it is not a person's");
        }
        boolean understood =
                control.getKind() != ControlKind.FEEDBACK || Remarks.of(control).isPresent();
        return new Heard(control, understood ? "" : "it is not understood, or meant for detection");
    }

    boolean counts() {
        return refusal.isEmpty();
    }
}
