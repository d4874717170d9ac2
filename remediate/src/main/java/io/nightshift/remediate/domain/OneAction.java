package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.PlanStep;
import io.nightshift.remediate.domain.catalogue.ActionSpec;
import io.nightshift.remediate.domain.catalogue.DeclaredActions;
import io.nightshift.remediate.domain.catalogue.Effect;
import io.nightshift.runtime.inventory.InventoryService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The course of one action of the catalogue: one step for the service as a whole, or one for each instance, the first of them
 * as the canary.
 */
record OneAction(ActionSpec spec, InventoryService service, DeclaredActions declared) {

    Course on(List<String> instances, Map<String, String> arguments) throws RefusedException {
        ActionKind kind = declared.effectOf(spec.kind())
                .orElseThrow(() -> RefusedException.by(
                        "supported-action",
                        spec.kind() + " is not supported by this target: the inventory declares no command for it"));
        Effect effect = new Effect(spec.kind(), arguments);
        Optional<String> against = effect.againstArguments();
        if (against.isPresent()) {
            throw RefusedException.by("arguments", against.get());
        }
        if (effect.isNoOp()) {
            throw RefusedException.by("no-op", spec.kind() + " would end where it begins: it does and undoes nothing");
        }
        Optional<Effect> undo = effect.undo().flatMap(back -> declared.performable(back, kind));
        return Course.ofOneAction(
                steps(kind, arguments, undo, instances),
                spec.reversibility(undo.isPresent()),
                spec.idempotent(),
                declared.timeout(kind));
    }

    private List<PlanStep> steps(
            ActionKind kind, Map<String, String> arguments, Optional<Effect> undo, List<String> instances) {
        List<PlanStep> steps = new ArrayList<>();
        if (declared.isServiceWide(kind)) {
            steps.add(step(kind, arguments, undo, service.id(), instances, 0));
        } else {
            for (String instance : instances) {
                steps.add(step(kind, arguments, undo, instance, List.of(instance), steps.size()));
            }
        }
        return steps;
    }

    private static PlanStep step(
            ActionKind kind,
            Map<String, String> arguments,
            Optional<Effect> undo,
            String subject,
            List<String> instances,
            int batch) {
        return PlanStep.newBuilder()
                .setAction(kind)
                .setSubject(subject)
                .setInstances(new ArrayList<>(instances))
                .setArguments(arguments)
                .setBatch(batch)
                .setUndo(undo.map(Effect::kind).orElse(ActionKind.UNKNOWN))
                .setUndoArguments(undo.map(Effect::arguments).orElse(Map.of()))
                .build();
    }
}
