package io.nightshift.runtime.inventory;

import io.nightshift.events.ActionKind;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A target whose effects are declared commands.
 *
 * @param name name that services refer to
 * @param fenced whether the commands run through the fencing shim or fence by themselves
 * @param actions effects by kind
 * @param state prints one JSON object whose {@code stateToken} changes whenever the instance was replaced or restarted
 * @param evidence by name, what prints a thing worth keeping that a repair would destroy, such as a thread dump; only looks
 */
public record CommandTarget(
        String name,
        boolean fenced,
        Map<ActionKind, CommandSpec> actions,
        CommandSpec state,
        SortedMap<String, CommandSpec> evidence)
        implements TargetSpec {

    public CommandTarget {
        actions = Map.copyOf(actions);
        evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
    }

    /** A target that declares no evidence. */
    public CommandTarget(String name, boolean fenced, Map<ActionKind, CommandSpec> actions, CommandSpec state) {
        this(name, fenced, actions, state, Collections.emptySortedMap());
    }
}
