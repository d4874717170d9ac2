package io.nightshift.remediate.worker;

import io.nightshift.events.CauseClass;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.target.ArgvProbe;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.ProbeSpec;
import java.util.ArrayList;
import java.util.List;

/** Looks at instances by their declared probes, past all telemetry. */
public final class Health {

    private final ArgvProbe probe;

    public Health(ArgvProbe probe) {
        this.probe = probe;
    }

    /** Every probe of the service on one instance. */
    public List<ProbeResult> look(InventoryService service, String instance) throws InterruptedException {
        List<ProbeResult> results = new ArrayList<>();
        for (ProbeSpec spec : service.probes()) {
            results.add(probe.run(spec, service.key().service(), instance));
        }
        return results;
    }

    /** At least one probe looked, and none failed: no answer is never a good one. */
    public static boolean isHealthy(List<ProbeResult> results) {
        return !results.isEmpty() && results.stream().allMatch(ProbeResult::getPassed);
    }

    /** Whether one of these readings speaks for the cause. */
    public static boolean supports(InventoryService service, List<ProbeResult> results, CauseClass cause) {
        return service.probes().stream()
                .filter(spec -> spec.supports().contains(cause))
                .anyMatch(spec -> results.stream()
                        .filter(result -> result.getProbe().equals(spec.name()))
                        .anyMatch(result -> result.getValue() != null && result.getValue() >= spec.supportsAbove()));
    }
}
