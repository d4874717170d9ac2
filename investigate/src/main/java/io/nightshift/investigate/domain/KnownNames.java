package io.nightshift.investigate.domain;

import io.nightshift.events.EntityRef;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.schemas.ServiceKey;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows names of services and instances: bare what the operator wrote into the inventory, marked as data what telemetry alone
 * names, for whoever sends telemetry may name himself as he likes.
 *
 * @param bare service ids and instances of the inventory
 */
public record KnownNames(Set<String> bare) {

    public KnownNames {
        bare = Set.copyOf(bare);
    }

    public static KnownNames of(Inventory inventory) {
        return new KnownNames(inventory.services().stream()
                .flatMap(service -> Stream.concat(Stream.of(service.id()), named(service)))
                .collect(Collectors.toSet()));
    }

    private static Stream<String> named(InventoryService service) {
        return service.instances().stream();
    }

    public String show(String name) {
        return bare.contains(name) ? name : Untrusted.name(name);
    }

    /** A service, one instance of it, or a call of one service by another. */
    public String show(EntityRef subject) {
        String service = show(ServiceKey.of(subject).toString());
        if (subject.getPeer() != null) {
            return service + " calling " + show(subject.getPeer());
        }
        return subject.getInstance() == null ? service : service + " (" + show(subject.getInstance()) + ")";
    }
}
