package io.nightshift.runtime.inventory;

import java.util.function.UnaryOperator;

/**
 * Whose trust an outcome counts for. Services of one declared class and environment earn trust together; one without a class
 * earns it for itself alone, for empty never means all.
 */
public record ServiceClasses(Inventory inventory) implements UnaryOperator<String> {

    /**
     * @param service environment/namespace/service
     * @return environment/class, or the service itself
     */
    @Override
    public String apply(String service) {
        return inventory
                .service(service)
                .filter(declared -> !declared.serviceClass().isEmpty())
                .map(ServiceClasses::name)
                .orElse(service);
    }

    /** A class must not look like a service, nor end a key early. */
    private static String name(InventoryService declared) {
        return declared.key().environment() + "/"
                + declared.serviceClass().replace('/', '_').replace('|', '_');
    }
}
