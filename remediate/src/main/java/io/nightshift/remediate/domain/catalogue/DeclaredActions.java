package io.nightshift.remediate.domain.catalogue;

import io.nightshift.events.ActionKind;
import io.nightshift.runtime.inventory.EffectSpec;
import io.nightshift.runtime.inventory.TargetSpec;
import java.time.Duration;
import java.util.Optional;

/** What a target declares of the catalogue. */
public record DeclaredActions(TargetSpec target) {

    /** The kind under which the target declares the action; empty when it does not. */
    public Optional<ActionKind> effectOf(ActionKind action) {
        return Catalogue.of(action).stream()
                .flatMap(spec -> spec.effects().stream())
                .filter(target.actions()::containsKey)
                .findFirst();
    }

    /** Hard timeout of a declared effect. */
    public Duration timeout(ActionKind effect) {
        return command(effect).timeout();
    }

    /** Whether a declared effect acts on the service as a whole, in one step, and not instance by instance. */
    public boolean isServiceWide(ActionKind effect) {
        return command(effect).isServiceWide();
    }

    /**
     * The undo of an effect as the target would perform it: by a declared kind, on the same subject. Empty when there is none:
     * what undoes all instances at once can't take back what was done to one.
     */
    public Optional<Effect> performable(Effect undo, ActionKind effect) {
        return effectOf(undo.kind())
                .filter(declared -> isServiceWide(declared) == isServiceWide(effect))
                .map(declared -> new Effect(declared, undo.arguments()));
    }

    private EffectSpec command(ActionKind effect) {
        return target.actions().get(effect);
    }
}
