package io.nightshift.remediate.worker;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Execution;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.remediate.domain.ActionEvents;
import io.nightshift.runtime.inventory.InventoryService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One effect of an execution, or what takes it back.
 *
 * @param number from 0; an undo has the number of its step
 * @param planned what the plan says of it
 * @param isUndo whether this takes the step back
 */
record Step(int number, PlanStep planned, boolean isUndo) {

    static List<Step> of(Plan plan) {
        List<Step> steps = new ArrayList<>();
        for (PlanStep step : plan.getSteps()) {
            steps.add(new Step(steps.size(), step, false));
        }
        return steps;
    }

    /** What takes this step back. */
    Step undo() {
        return new Step(number, planned, true);
    }

    boolean isUndoable() {
        return planned.getUndo() != ActionKind.UNKNOWN;
    }

    ActionKind action() {
        return isUndo ? planned.getUndo() : planned.getAction();
    }

    String subject() {
        return planned.getSubject();
    }

    List<String> instances() {
        return planned.getInstances();
    }

    /** Hard timeout of the effect. */
    Duration timeout(Plan plan) {
        return Duration.ofSeconds(
                planned.getTimeoutSeconds() > 0 ? planned.getTimeoutSeconds() : plan.getTimeoutSeconds());
    }

    /** Whether it touches nothing that the plan does not name. */
    boolean isWithin(Plan plan) {
        return !instances().isEmpty() && plan.getInstances().containsAll(instances());
    }

    /** The idempotency key: the same again when the step is tried again. */
    String key(Execution execution) {
        return execution.getActionId() + "/" + number + (isUndo ? "/undo" : "");
    }

    /** Such as "drain of inventory-1". */
    String inWords() {
        return ActionEvents.name(action()) + " of " + subject();
    }

    /** Values of the placeholders of the effect's command. */
    Map<String, String> values(Execution execution, InventoryService service, long token) {
        Map<String, String> values = new HashMap<>();
        (isUndo ? planned.getUndoArguments() : planned.getArguments()).forEach((name, value) -> {
            values.put(name, value);
            values.put("arg." + name, value);
        });
        values.putAll(values(service, instances().get(0)));
        values.put("actionId", key(execution));
        values.put("token", String.valueOf(token));
        values.put("planHash", execution.getPlanHash());
        return values;
    }

    /** Values of the placeholders of a command that only looks at an instance. */
    static Map<String, String> values(InventoryService service, String instance) {
        return Map.of("instance", instance, "service", service.key().service(), "serviceId", service.id());
    }
}
