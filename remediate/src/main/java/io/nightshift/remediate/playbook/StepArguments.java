package io.nightshift.remediate.playbook;

import io.nightshift.events.ActionKind;
import io.nightshift.remediate.domain.catalogue.ActionSpec;
import io.nightshift.remediate.domain.catalogue.Catalogue;
import io.nightshift.remediate.domain.catalogue.Effect;
import io.nightshift.remediate.domain.catalogue.Undo;
import io.nightshift.remediate.domain.playbook.Parameter;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.PlaybookStep;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the arguments of a step and of its undo, and tries them with a value of its own for each parameter: what would be
 * refused, or do nothing, with any values is refused when it is read.
 */
record StepArguments(List<Parameter> parameters) {

    /** A step's effect, its placeholders as they stand. */
    Effect effect(ConfigNode step, ActionKind action) {
        Effect effect = new Effect(action, arguments(step, action));
        if (tried(effect).isNoOp()) {
            throw place(step)
                    .error("the step ends where it begins: it does nothing, and so would its undo; correct its"
                            + " arguments");
        }
        return effect;
    }

    /** What takes the step back in place of the catalogue's undo. */
    Effect undo(ConfigNode undo, Effect effect) {
        undo.allowOnly(Set.of("action", "arguments"));
        ActionKind action = StepReader.action(undo);
        Effect back = new Effect(action, arguments(undo, action));
        if (tried(back).endsLike(tried(effect)) || tried(back).isNoOp()) {
            throw undo.error("the undo does nothing: it ends where the step ends; name what brings the state before"
                    + " back, or remove it" + usual(effect.kind()));
        }
        return back;
    }

    /** The kind that takes a step back. */
    static Optional<ActionKind> undoKind(PlaybookStep step) {
        return step.undo()
                .map(Effect::kind)
                .or(() -> Catalogue.of(step.action()).flatMap(ActionSpec::undo).map(Undo::action));
    }

    private Map<String, String> arguments(ConfigNode node, ActionKind action) {
        ConfigNode given = node.section("arguments");
        Map<String, String> arguments = new TreeMap<>();
        for (String name : given.keys()) {
            ConfigNode value = given.require(name);
            arguments.put(name, checked(value, name, action));
        }
        Optional<String> against = tried(new Effect(action, arguments)).againstArguments();
        if (against.isPresent()) {
            throw place(node).error(against.get());
        }
        return arguments;
    }

    private String checked(ConfigNode place, String name, ActionKind action) {
        String text = place.text();
        Optional<String> parameter = Playbook.parameterOf(text);
        if (parameter.isEmpty()) {
            return text;
        }
        Parameter declared = parameters.stream()
                .filter(known -> known.name().equals(parameter.get()))
                .findFirst()
                .orElseThrow(() -> place.error("the playbook declares no argument '" + parameter.get() + "'; "
                        + Nearest.remedy(
                                parameter.get(),
                                parameters.stream().map(Parameter::name).toList())));
        boolean mayBeMissing = !declared.required() && declared.fallback().isEmpty();
        boolean needed = Catalogue.of(action).stream()
                .flatMap(spec -> spec.arguments().stream())
                .anyMatch(argument -> argument.name().equals(name) && argument.required());
        if (mayBeMissing && needed) {
            throw place.error(action + " needs " + name + ", and the argument '" + declared.name()
                    + "' may be missing; make it required, or give it a default");
        }
        return text;
    }

    /** With another value in place of each parameter. Whole numbers are words too, so they fit every argument. */
    private Effect tried(Effect effect) {
        Map<String, String> values = new HashMap<>();
        for (Parameter parameter : parameters) {
            values.put("{" + parameter.name() + "}", parameter.fallback().orElse(String.valueOf(values.size() + 1)));
        }
        Map<String, String> tried = new TreeMap<>();
        effect.arguments().forEach((name, text) -> tried.put(name, values.getOrDefault(text, text)));
        return new Effect(effect.kind(), tried);
    }

    private static String usual(ActionKind kind) {
        return Catalogue.of(kind)
                .flatMap(ActionSpec::undo)
                .map(undo -> ": the catalogue undoes it by " + undo.action())
                .orElse("");
    }

    private static ConfigNode place(ConfigNode node) {
        return node.get("arguments").orElse(node);
    }
}
