package io.nightshift.remediate.worker;

import io.nightshift.events.Execution;
import io.nightshift.remediate.domain.ActionSpec;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.InventoryService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One effect of an execution.
 *
 * @param number from 0
 * @param subject instance, or service id for what acts on the service as a whole
 * @param instances instances that it touches
 */
record Step(int number, String subject, List<String> instances) {

    /** The first instance is the canary: the others follow when it is well. */
    static List<Step> of(Execution execution, CommandSpec command) {
        List<String> instances = execution.getPlan().getInstances();
        if (ActionSpec.isServiceWide(command)) {
            return List.of(new Step(0, execution.getPlan().getService(), instances));
        }
        List<Step> steps = new ArrayList<>();
        for (String instance : instances) {
            steps.add(new Step(steps.size(), instance, List.of(instance)));
        }
        return steps;
    }

    /** The idempotency key: the same again when the step is tried again. */
    String key(Execution execution) {
        return execution.getActionId() + "/" + number;
    }

    /** Values of the placeholders of the effect's command. */
    Map<String, String> values(Execution execution, InventoryService service, long token) {
        Map<String, String> values = new HashMap<>(execution.getPlan().getArguments());
        values.putAll(values(service, instances.get(0)));
        values.put("actionId", key(execution));
        values.put("token", String.valueOf(token));
        return values;
    }

    /** Values of the placeholders of a command that only looks at an instance. */
    static Map<String, String> values(InventoryService service, String instance) {
        return Map.of("instance", instance, "service", service.key().service(), "serviceId", service.id());
    }
}
