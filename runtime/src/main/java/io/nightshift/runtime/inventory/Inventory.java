package io.nightshift.runtime.inventory;

import io.nightshift.schemas.ServiceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator declared: the services that exist, how to look at them and how they may be acted on. Targets of
 * actions come from here and from nowhere else.
 */
public record Inventory(List<InventoryService> services, Map<String, TargetSpec> targets) {

    public Inventory {
        services = List.copyOf(services);
        targets = Map.copyOf(targets);
    }

    public static Inventory empty() {
        return new Inventory(List.of(), Map.of());
    }

    public Optional<InventoryService> service(ServiceKey key) {
        return services.stream().filter(service -> service.key().equals(key)).findFirst();
    }

    /** The service by its inventory id {@code environment/namespace/service}. */
    public Optional<InventoryService> service(String id) {
        return services.stream().filter(service -> service.id().equals(id)).findFirst();
    }

    public Optional<TargetSpec> targetOf(InventoryService service) {
        return Optional.ofNullable(targets.get(service.target()));
    }
}
