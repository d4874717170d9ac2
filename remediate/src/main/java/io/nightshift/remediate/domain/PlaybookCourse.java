package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.PlanStep;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.catalogue.DeclaredActions;
import io.nightshift.remediate.domain.catalogue.Effect;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.runtime.inventory.InventoryService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The course of a playbook on a service: its steps with what the target declares for them, batch after batch. Steps that
 * stand next to each other, act instance by instance and take instances in the same batches are done together: all of them
 * for one instance, then all of them for the next.
 */
record PlaybookCourse(Playbook playbook, InventoryService service, DeclaredActions declared) {

    /** The argument that names the playbook. */
    static final String NAME = "playbook";

    /** Most effects of one plan. */
    static final int MOST_EFFECTS = 60;

    Course on(List<String> instances, Map<String, String> arguments) throws RefusedException {
        Map<String, String> told = new TreeMap<>(arguments);
        told.remove(NAME);
        Optional<String> against = playbook.against(told);
        if (against.isPresent()) {
            throw RefusedException.by("arguments", against.get());
        }
        List<PreparedStep> prepared = new Preparation(playbook, service, declared).of(told);
        List<PlanStep> steps = steps(prepared, instances);
        if (steps.size() > MOST_EFFECTS) {
            throw RefusedException.by(
                    "playbook-size",
                    steps.size() + " effects on " + instances.size() + " instances are more than the " + MOST_EFFECTS
                            + " that one plan may have");
        }
        return new Course(
                steps,
                worst(prepared),
                prepared.stream().allMatch(PreparedStep::idempotent),
                prepared.stream()
                        .map(PreparedStep::timeout)
                        .max(Duration::compareTo)
                        .orElseThrow(),
                playbook.id(),
                playbook.level());
    }

    /** What takes an earlier step back is no effect of its own. */
    private static Reversibility worst(List<PreparedStep> prepared) {
        return prepared.stream()
                .filter(step -> !step.declared().closing())
                .map(PreparedStep::reversibility)
                .max(Reversibility::compareTo)
                .orElseThrow();
    }

    private List<PlanStep> steps(List<PreparedStep> prepared, List<String> instances) {
        List<PlanStep> steps = new ArrayList<>();
        int batch = 0;
        for (List<PreparedStep> group : groups(prepared)) {
            if (group.get(0).serviceWide()) {
                steps.add(step(group.get(0), service.id(), instances, batch++));
                continue;
            }
            int spare = Math.max(1, service.instances().size() - service.minHealthy());
            for (List<String> together : group.get(0).declared().batches().of(instances, spare)) {
                for (String instance : together) {
                    for (PreparedStep each : group) {
                        steps.add(step(each, instance, List.of(instance), batch));
                    }
                }
                batch++;
            }
        }
        return steps;
    }

    private static List<List<PreparedStep>> groups(List<PreparedStep> prepared) {
        List<List<PreparedStep>> groups = new ArrayList<>();
        PreparedStep before = null;
        for (PreparedStep step : prepared) {
            if (before == null || !step.joins(before)) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(step);
            before = step;
        }
        return groups;
    }

    private static PlanStep step(PreparedStep prepared, String subject, List<String> instances, int batch) {
        return PlanStep.newBuilder()
                .setName(prepared.declared().name())
                .setAction(prepared.effect().kind())
                .setSubject(subject)
                .setInstances(new ArrayList<>(instances))
                .setArguments(prepared.effect().arguments())
                .setBatch(batch)
                .setPauseSeconds((int) prepared.declared().pause().toSeconds())
                .setTimeoutSeconds((int) Math.max(1, prepared.timeout().toSeconds()))
                .setUndo(prepared.undo().map(Effect::kind).orElse(ActionKind.UNKNOWN))
                .setUndoArguments(prepared.undo().map(Effect::arguments).orElse(Map.of()))
                .setPrechecks(prepared.declared().prechecks())
                .setVerify(prepared.declared().verify())
                .build();
    }
}
