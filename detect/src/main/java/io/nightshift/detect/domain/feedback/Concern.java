package io.nightshift.detect.domain.feedback;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Signal;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.ServiceKey;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whose opinions count for a finding: those about its series, and where there are none those about the series' family.
 *
 * @param series name under which opinions about it are kept: {@code Anomaly.series}
 * @param family the same for the metric of the whole service, whatever instance and attributes; null where there is none
 */
public record Concern(String series, String family) {

    /** What one judge says of one series: which of them it is turns out while it lasts, and is no other thing to a person. */
    private static final Set<AnomalyKind> CHANGES =
            EnumSet.of(AnomalyKind.SPIKE, AnomalyKind.LEVEL_SHIFT, AnomalyKind.DRIFT, AnomalyKind.VARIANCE_CHANGE);

    /** What has no family and is known by its slot alone. */
    public static Concern ofSlot(String slot) {
        return new Concern(series(slot), null);
    }

    /** What an anomaly was about. */
    public static Concern of(Anomaly said) {
        boolean isChange = isChange(said.getSignal(), said.getKind());
        return new Concern(said.getSeries(), isChange ? family(said.getSubject(), said.getName()) : null);
    }

    /** Whether this is about a metric series that changed, of which there may be one on each instance of a service. */
    public static boolean isChange(Signal signal, AnomalyKind kind) {
        return signal == Signal.METRIC && CHANGES.contains(kind);
    }

    /** The name under which opinions about a slot are kept. */
    public static String series(String slot) {
        return CauseHash.id("series", slot);
    }

    /** The name under which opinions about a metric of a service are kept. */
    public static String family(EntityRef subject, String metric) {
        return family(ServiceKey.of(subject), metric);
    }

    public static String family(ServiceKey service, String metric) {
        return CauseHash.id("family", service, metric);
    }
}
