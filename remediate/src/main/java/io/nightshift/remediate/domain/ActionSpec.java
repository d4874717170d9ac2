package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Reversibility;
import io.nightshift.runtime.inventory.EffectSpec;
import io.nightshift.runtime.inventory.TargetSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The closed catalogue of what may be done: how reversible it is, whether doing it twice is as good as once, and which
 * arguments it takes. Whatever is not here is refused.
 *
 * @param kind the action
 * @param command the action whose declared command performs it
 * @param reversibility what can be done about it afterwards
 * @param idempotent whether doing it twice is as good as once
 * @param arguments the allowed arguments and what each must look like
 */
public record ActionSpec(
        ActionKind kind,
        ActionKind command,
        Reversibility reversibility,
        boolean idempotent,
        Map<String, Pattern> arguments) {

    /** Version and similar words: nothing that a command could take for an option, a path or a second word. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+:-]{0,127}");

    private static final Map<ActionKind, ActionSpec> CATALOGUE = new EnumMap<>(ActionKind.class);

    static {
        add(ActionKind.ROLLING_RESTART, ActionKind.RESTART, Reversibility.SELF_RESTORING, Map.of());
        add(ActionKind.RESTART, ActionKind.RESTART, Reversibility.SELF_RESTORING, Map.of());
        add(
                ActionKind.ROLL_BACK_RELEASE,
                ActionKind.ROLL_BACK_RELEASE,
                Reversibility.UNDOABLE,
                Map.of("version", WORD, "from", WORD, "to", WORD, "fromVersion", WORD, "toVersion", WORD));
    }

    public ActionSpec {
        arguments = Map.copyOf(arguments);
    }

    /** The entry of this kind; empty when no target of this release supports it. */
    public static Optional<ActionSpec> of(ActionKind kind) {
        return Optional.ofNullable(CATALOGUE.get(kind));
    }

    /** The command that the target declares for it. */
    public Optional<EffectSpec> commandOf(TargetSpec target) {
        return Optional.ofNullable(target.actions().get(effectOn(target)));
    }

    /** The kind under which the target declares it. */
    public ActionKind effectOn(TargetSpec target) {
        return target.actions().containsKey(kind) ? kind : command;
    }

    /** Whether the command acts on the service as a whole, in one step, and not instance by instance. */
    public static boolean isServiceWide(EffectSpec command) {
        return command.isServiceWide();
    }

    private static void add(
            ActionKind kind, ActionKind command, Reversibility reversibility, Map<String, Pattern> arguments) {
        CATALOGUE.put(kind, new ActionSpec(kind, command, reversibility, true, arguments));
    }
}
