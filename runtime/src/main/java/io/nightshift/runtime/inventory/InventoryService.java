package io.nightshift.runtime.inventory;

import io.nightshift.schemas.ServiceKey;
import java.util.List;

/**
 * A declared service.
 *
 * @param key environment, namespace and name
 * @param level autonomy level: 1 manual, 2 detect, 3 assist, 4 supervised, 5 full
 * @param isProtected whether it holds data or carries Nightshift itself: every effect counts as irreversible
 * @param failureDomain what it shares fate with, such as a zone; may be empty
 * @param instances declared instances in the order in which they are acted on
 * @param minHealthy instances that must stay healthy while one is acted on
 * @param addresses host:port at which others call it
 * @param target name of its {@link TargetSpec}; empty when it can't be acted on
 * @param probes independent ways to look at it
 */
public record InventoryService(
        ServiceKey key,
        int level,
        boolean isProtected,
        String failureDomain,
        List<String> instances,
        int minHealthy,
        List<String> addresses,
        String target,
        List<ProbeSpec> probes) {

    public InventoryService {
        instances = List.copyOf(instances);
        addresses = List.copyOf(addresses);
        probes = List.copyOf(probes);
    }

    /** Inventory id: {@code environment/namespace/service}. */
    public String id() {
        return key.toString();
    }
}
