package io.nightshift.runtime.inventory;

import io.nightshift.events.CauseClass;
import java.util.Set;

/**
 * An independent look at an instance, not through telemetry. The command prints one JSON object; one field of it is judged.
 * Probes of one service with the same command share its run.
 *
 * @param name name of the probe, such as heap
 * @param command argv with the placeholders {instance} and {service}
 * @param field name of the number in that object which is judged
 * @param healthyBelow the probe passes while the field is below this; positive infinity when exit status 0 is enough
 * @param supports causes that a value at or above {@code supportsAbove} speaks for
 * @param supportsAbove see {@code supports}
 */
public record ProbeSpec(
        String name,
        CommandSpec command,
        String field,
        double healthyBelow,
        Set<CauseClass> supports,
        double supportsAbove) {

    /** The field that is judged where none is named. */
    public static final String VALUE = "value";

    public ProbeSpec {
        supports = Set.copyOf(supports);
    }
}
