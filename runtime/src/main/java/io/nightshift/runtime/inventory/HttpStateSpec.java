package io.nightshift.runtime.inventory;

import java.time.Duration;
import java.util.Map;

/**
 * The call (GET) that looks at an instance.
 *
 * @param path path and query
 * @param read JSON pointers into the answer by what they tell; {@code stateToken} is always there, others as in the object
 *     that a state command prints
 * @param timeout of the call
 */
public record HttpStateSpec(String path, Map<String, String> read, Duration timeout) {

    public static final String STATE_TOKEN = "stateToken";

    public HttpStateSpec {
        read = Map.copyOf(read);
    }
}
