package io.nightshift.remediate.domain.catalogue;

import io.nightshift.events.ActionKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an action is taken back: by another action, whose arguments follow from its own.
 *
 * @param action the action that takes it back
 * @param takes by an argument of the undo, the argument of the effect that it takes its value from
 */
public record Undo(ActionKind action, Map<String, String> takes) {

    public Undo {
        takes = Map.copyOf(takes);
    }

    /** The undo of an effect with these arguments; empty when they do not tell where it began. */
    Optional<Effect> of(Map<String, String> arguments) {
        Map<String, String> own = new TreeMap<>();
        takes.forEach((name, from) -> {
            if (arguments.containsKey(from)) {
                own.put(name, arguments.get(from));
            }
        });
        Effect undo = new Effect(action, own);
        return undo.againstArguments().isEmpty() ? Optional.of(undo) : Optional.empty();
    }
}
