package io.nightshift.runtime.inventory;

import io.nightshift.events.ActionKind;
import java.util.Map;

/**
 * A target whose effects are declared commands.
 *
 * @param name name that services refer to
 * @param fenced whether the commands run through the fencing shim or fence by themselves
 * @param actions effects by kind
 * @param state prints one JSON object whose {@code stateToken} changes whenever the instance was replaced or restarted
 */
public record CommandTarget(String name, boolean fenced, Map<ActionKind, CommandSpec> actions, CommandSpec state)
        implements TargetSpec {

    public CommandTarget {
        actions = Map.copyOf(actions);
    }
}
