package io.nightshift.remediate.domain.catalogue;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Reversibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An entry of the catalogue.
 *
 * @param kind the action
 * @param effects the kinds under which a target may declare it, the first that it does counts
 * @param reversibility what can be done about it afterwards, when its undo, if it has one, is known and declared
 * @param idempotent whether doing it twice is as good as once
 * @param arguments what it takes; nothing else is passed on
 * @param undo what takes it back
 * @param prechecks what must be true before
 * @param proofs what shows that it helped
 */
public record ActionSpec(
        ActionKind kind,
        List<ActionKind> effects,
        Reversibility reversibility,
        boolean idempotent,
        List<Argument> arguments,
        Optional<Undo> undo,
        Set<Precheck> prechecks,
        Set<Proof> proofs) {

    public ActionSpec {
        effects = List.copyOf(effects);
        arguments = List.copyOf(arguments);
        prechecks = Set.copyOf(prechecks);
        proofs = Set.copyOf(proofs);
    }

    /** What speaks against these arguments: one that it does not take, one that is missing, or one of another form. */
    public Optional<String> againstArguments(Map<String, String> given) {
        for (String name : given.keySet()) {
            if (arguments.stream().noneMatch(argument -> argument.name().equals(name))) {
                return Optional.of(kind + " takes no argument " + quoted(name) + takes());
            }
        }
        for (Argument argument : arguments) {
            String value = given.get(argument.name());
            Optional<String> against = value == null
                    ? Optional.of("it needs the argument " + argument.name()).filter(missing -> argument.required())
                    : argument.against(value);
            if (against.isPresent()) {
                return against.map(why -> kind + ": " + why);
            }
        }
        return Optional.empty();
    }

    /** Names of the arguments that say where it ends. */
    Set<String> outcomes() {
        return arguments.stream().filter(Argument::outcome).map(Argument::name).collect(Collectors.toUnmodifiableSet());
    }

    /** What is left of its reversibility when its undo is not known, or not declared by the target. */
    public Reversibility reversibility(boolean undoIsKnown) {
        return reversibility == Reversibility.UNDOABLE && !undoIsKnown ? Reversibility.IRREVERSIBLE : reversibility;
    }

    private String takes() {
        return arguments.isEmpty()
                ? "; it takes none"
                : "; it takes " + arguments.stream().map(Argument::name).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return Argument.isWord(name) ? "'" + name + "'" : "of that name";
    }
}
