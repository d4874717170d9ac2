package io.nightshift.runtime.inventory;

import io.nightshift.events.ActionKind;
import java.net.URI;
import java.util.Map;

/**
 * A target whose effects are declared HTTP calls to one server. Redirects are never followed.
 *
 * @param name name that services refer to
 * @param fenced whether the server honours {@code Idempotency-Key} and refuses lower values of {@code Fencing-Token}
 * @param base scheme, host and port; fixed
 * @param addresses which addresses the host may resolve to
 * @param headers of every call, by name
 * @param secretHeaders of every call, by name; values are read at the moment of the call
 * @param actions effects by kind
 * @param state the call that looks
 */
public record HttpTarget(
        String name,
        boolean fenced,
        URI base,
        AddressRule addresses,
        Map<String, String> headers,
        Map<String, SecretRef> secretHeaders,
        Map<ActionKind, HttpCallSpec> actions,
        HttpStateSpec state)
        implements TargetSpec {

    public HttpTarget {
        headers = Map.copyOf(headers);
        secretHeaders = Map.copyOf(secretHeaders);
        actions = Map.copyOf(actions);
    }
}
