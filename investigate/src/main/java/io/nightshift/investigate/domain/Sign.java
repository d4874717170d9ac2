package io.nightshift.investigate.domain;

import io.nightshift.investigate.domain.measure.SignKind;
import java.time.Instant;
import java.util.Optional;

/**
 * One anomaly as the ranker sees it.
 *
 * @param evidence what it is cited by: the anomaly's id, or the key of a rollup
 * @param service service as environment/namespace/service
 * @param instance instance, or null for the service as a whole
 * @param peer called service when it was seen on an edge, or null
 * @param kind kind of evidence
 * @param up whether the quantity rose
 * @param volume measured excess in the kind's own unit, when the evidence holds it: failed requests a second, milliseconds
 *     of waiting a second; resources have no common unit and give severity times fullness
 * @param significance how surprising, in units comparable to a z-score, 0 and up
 * @param severity severity of the anomaly, 1 being the alarm threshold
 * @param onset estimated beginning
 * @param words the sign in words of ours, without text from telemetry other than escaped names
 */
public record Sign(
        String evidence,
        String service,
        String instance,
        String peer,
        SignKind kind,
        boolean up,
        Optional<Double> volume,
        double significance,
        double severity,
        Instant onset,
        String words) {

    boolean onEdge() {
        return peer != null;
    }

    boolean isSymptom() {
        return SignKind.SYMPTOMS.contains(kind);
    }

    boolean isCause() {
        return SignKind.CAUSES.contains(kind) && !onEdge();
    }

    /** The same as something worth a mention that explains nothing. */
    Sign mentioned() {
        return new Sign(
                evidence, service, instance, peer, SignKind.OTHER, up, Optional.of(0.0), 0, severity, onset, words);
    }
}
