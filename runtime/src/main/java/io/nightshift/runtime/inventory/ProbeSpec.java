package io.nightshift.runtime.inventory;

import io.nightshift.events.CauseClass;
import java.util.Set;

/**
 * An independent look at an instance, not through telemetry. The command prints one JSON object; {@code value} is judged.
 *
 * @param name name of the probe, such as heap
 * @param command argv with the placeholders {instance} and {service}
 * @param healthyBelow the probe passes while value is below this; positive infinity when exit status 0 is enough
 * @param supports causes that a value at or above {@code supportsAbove} speaks for
 * @param supportsAbove see {@code supports}
 */
public record ProbeSpec(
        String name, CommandSpec command, double healthyBelow, Set<CauseClass> supports, double supportsAbove) {

    public ProbeSpec {
        supports = Set.copyOf(supports);
    }
}
