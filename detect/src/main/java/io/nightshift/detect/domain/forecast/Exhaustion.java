package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.EntityRef;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is said alike of all that comes to an end, whether it fills up or expires. */
final class Exhaustion {

    private static final long SILENT_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final double MAX_SEVERITY = 8;

    private Exhaustion() {}

    static String slot(EntityRef instance, String name, Map<String, String> attributes) {
        return Finding.slot(instance, AnomalyKind.EXHAUSTION, name, attributes.toString());
    }

    /** 1 at the horizon, and 1 more each time that half of what was left has passed; at most 8. Both in one unit, above 0. */
    static double severity(double horizon, double left) {
        return Math.min(MAX_SEVERITY, 1 + Math.log(Math.max(1, horizon / left)) / Math.log(2));
    }

    /** How long it stands without being told again, microseconds; senders may pause. */
    static long holdMicros(long everyMicros) {
        return Math.max(SILENT_MICROS, 5 * everyMicros);
    }
}
