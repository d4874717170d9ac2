package io.nightshift.detect.domain.correlate;

import io.nightshift.detect.domain.slo.BurnRule;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import java.util.Set;

/**
 * What an anomaly is worth as evidence that something is wrong.
 *
 * <ul>
 *   <li><i>Harm</i>: users of a service get errors, wait, or get no answer: failures or slowness of requests <i>served</i>, a
 *       service of which nothing is left, an objective whose budget burns so fast that it pages.
 *   <li><i>Strain</i>: a service can't go on like this: a bounded resource is used up or will be, calls it makes fail.
 *   <li><i>Hint</i>: everything else. A blip, a surge, a new log line: worth showing beside harm or strain, never alone.
 * </ul>
 */
public enum Weight {
    HINT,
    STRAIN,
    HARM;

    private static final Set<AnomalyKind> STRAINS =
            Set.of(AnomalyKind.SATURATION, AnomalyKind.EXHAUSTION, AnomalyKind.ERRORS, AnomalyKind.LATENCY);

    public static Weight of(Anomaly anomaly) {
        boolean wholeService =
                anomaly.getSubject().getPeer() == null && anomaly.getSubject().getInstance() == null;
        AnomalyKind kind = anomaly.getKind();
        if (kind == AnomalyKind.BURN_RATE) {
            // A budget that burns slowly is a ticket: somebody looks at it in the morning.
            return anomaly.getSeverity() >= BurnRule.Alert.PAGE.severity() ? HARM : STRAIN;
        }
        if (kind == AnomalyKind.ERRORS || kind == AnomalyKind.LATENCY || kind == AnomalyKind.DROPOUT) {
            if (wholeService) {
                return HARM;
            }
        }
        return STRAINS.contains(kind) ? STRAIN : HINT;
    }
}
