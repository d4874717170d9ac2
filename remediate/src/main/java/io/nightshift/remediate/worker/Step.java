package io.nightshift.remediate.worker;

import io.nightshift.events.Execution;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.runtime.inventory.InventoryService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One effect of an execution.
 *
 * @param number from 0
 * @param planned what the plan says of it
 */
record Step(int number, PlanStep planned) {

    static List<Step> of(Plan plan) {
        List<Step> steps = new ArrayList<>();
        for (PlanStep step : plan.getSteps()) {
            steps.add(new Step(steps.size(), step));
        }
        return steps;
    }

    String subject() {
        return planned.getSubject();
    }

    List<String> instances() {
        return planned.getInstances();
    }

    /** Whether it touches nothing that the plan does not name. */
    boolean isWithin(Plan plan) {
        return !instances().isEmpty() && plan.getInstances().containsAll(instances());
    }

    /** The idempotency key: the same again when the step is tried again. */
    String key(Execution execution) {
        return execution.getActionId() + "/" + number;
    }

    /** Values of the placeholders of the effect's command. */
    Map<String, String> values(Execution execution, InventoryService service, long token) {
        Map<String, String> values = new HashMap<>(planned.getArguments());
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
