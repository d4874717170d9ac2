package io.nightshift.remediate.worker;

import io.nightshift.events.CauseClass;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.target.ArgvProbe;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.ProbeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at instances by their declared probes, past all telemetry. */
public final class Health {

    private static final int NEIGHBOURS = 16;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

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

    /**
     * Every probe on every instance of these services; one that the inventory does not have, or without probes, is passed over.
     * The subject of a reading is service/instance. Bounded by {@link #NEIGHBOURS} instances and {@link #LONGEST_LOOK}: what
     * lies beyond is not looked at.
     */
    List<ProbeResult> neighbours(Inventory inventory, List<String> ids) throws InterruptedException {
        List<ProbeResult> results = new ArrayList<>();
        long until = System.nanoTime() + LONGEST_LOOK.toNanos();
        int looked = 0;
        for (String id : ids) {
            Optional<InventoryService> service =
                    inventory.service(id).filter(known -> !known.probes().isEmpty());
            for (String instance : service.map(InventoryService::instances).orElse(List.of())) {
                if (looked++ < NEIGHBOURS && System.nanoTime() < until) {
                    look(service.get(), instance)
                            .forEach(reading -> results.add(ProbeResult.newBuilder(reading)
                                    .setSubject(id + "/" + instance)
                                    .build()));
                }
            }
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
