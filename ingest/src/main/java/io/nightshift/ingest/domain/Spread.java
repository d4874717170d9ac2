package io.nightshift.ingest.domain;

import io.nightshift.schemas.ServiceKey;
import java.util.Map;

/**
 * Which services are spread over sub-keys, because one partition can't take them.
 *
 * @param ways number of sub-keys by {@code environment/namespace/service}; other services have one
 */
public record Spread(Map<String, Integer> ways) {

    public Spread {
        ways = Map.copyOf(ways);
    }

    public static Spread none() {
        return new Spread(Map.of());
    }

    String key(ServiceKey service, String instance) {
        return service.spread(instance, ways.getOrDefault(service.toString(), 1));
    }
}
