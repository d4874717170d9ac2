package io.nightshift.detect.domain.call;

import io.nightshift.events.EntityRef;
import io.nightshift.schemas.ServiceKey;
import java.util.Map;

/**
 * Finds the called service before both ends of a call have met: by the address that the inventory declares, else by the name
 * that the caller states ({@code peer.service}), taken to live in the caller's own environment and namespace.
 *
 * @param byAddress host:port to environment/namespace/service
 */
public record Peers(Map<String, String> byAddress) {

    public Peers {
        byAddress = Map.copyOf(byAddress);
    }

    /** The called service as environment/namespace/service, or null when nothing names it. */
    public String of(EntityRef caller, String address, String named) {
        if (address != null && byAddress.containsKey(address)) {
            return byAddress.get(address);
        }
        return named == null || named.isBlank() || named.length() > 200
                ? null
                : new ServiceKey(caller.getEnvironment(), caller.getNamespace(), named).toString();
    }
}
