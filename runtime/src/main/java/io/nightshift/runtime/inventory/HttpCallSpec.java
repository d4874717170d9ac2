package io.nightshift.runtime.inventory;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A declared HTTP call.
 *
 * @param method POST, PUT, PATCH or DELETE
 * @param path path and query; placeholders stand for one percent-encoded part
 * @param body JSON object as maps, lists, texts, numbers and booleans, with placeholders in its texts; empty for none
 * @param expect statuses that mean that it was taken
 * @param doneBefore statuses that mean that this action id was done before
 * @param fencedOut statuses that mean that a newer token was seen
 * @param poll how its outcome is found where the call only starts a job; hop by hop, empty when the answer is the outcome
 * @param timeout of the call and the job together
 */
public record HttpCallSpec(
        String method,
        String path,
        Map<String, Object> body,
        Set<Integer> expect,
        Set<Integer> doneBefore,
        Set<Integer> fencedOut,
        List<HttpPollSpec> poll,
        Duration timeout)
        implements EffectSpec {

    public HttpCallSpec {
        body = Collections.unmodifiableMap(new LinkedHashMap<>(body)); // sent in the order in which it was declared
        expect = Set.copyOf(expect);
        doneBefore = Set.copyOf(doneBefore);
        fencedOut = Set.copyOf(fencedOut);
        poll = List.copyOf(poll);
    }

    @Override
    public boolean isServiceWide() {
        return !path.contains(Placeholders.INSTANCE) && !body.toString().contains(Placeholders.INSTANCE);
    }
}
