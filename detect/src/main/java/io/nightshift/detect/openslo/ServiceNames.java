package io.nightshift.detect.openslo;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.schemas.ServiceKey;
import java.util.List;

/** Finds the service that a file means: by name alone, with its namespace, or in full. */
final class ServiceNames {

    private final Inventory inventory;

    ServiceNames(Inventory inventory) {
        this.inventory = inventory;
    }

    ServiceKey of(ConfigNode node) {
        String text = node.text();
        if (inventory.services().isEmpty()) {
            if (text.chars().filter(c -> c == '/').count() != 2) {
                throw node.error("without an inventory a service is named in full: environment/namespace/service, not '"
                        + text + "'; write it so, or name an inventory in the configuration");
            }
            return ServiceKey.parse(text);
        }
        List<InventoryService> found = inventory.services().stream()
                .filter(service -> service.id().equals(text) || service.id().endsWith("/" + text))
                .toList();
        if (found.isEmpty()) {
            List<String> names = inventory.services().stream()
                    .map(s -> s.key().service())
                    .distinct()
                    .toList();
            throw node.error("the service '" + text + "' is not in the inventory; add it there, or correct the name: "
                    + Nearest.remedy(text, names));
        }
        if (found.size() > 1) {
            throw node.error("'" + text + "' could be "
                    + String.join(
                            " or ", found.stream().map(InventoryService::id).toList())
                    + "; write the one that you mean in full");
        }
        return found.get(0).key();
    }
}
