package io.nightshift.runtime.inventory;

import io.nightshift.events.ActionKind;
import java.util.Map;

/**
 * How services are acted on.
 *
 * @param name name that services refer to
 * @param fenced whether the commands run through the fencing shim or fence by themselves
 * @param actions effects by kind; RESTART serves ROLLING_RESTART too, instance by instance
 * @param state prints one JSON object whose {@code stateToken} changes whenever the instance was replaced or restarted
 */
public record TargetSpec(String name, boolean fenced, Map<ActionKind, CommandSpec> actions, CommandSpec state) {

    public TargetSpec {
        actions = Map.copyOf(actions);
    }
}
