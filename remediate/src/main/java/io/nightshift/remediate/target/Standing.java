package io.nightshift.remediate.target;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How something stands at the moment of acting, by its own word. What a target can't tell is empty.
 *
 * @param stateToken changes whenever it was replaced or restarted
 * @param changed the last change by anyone but Nightshift
 * @param rollout the rollout that runs on it, in words
 * @param owners controllers that own fields of it, in words, by kind ({@code gitops}, {@code autoscaler})
 * @param holdsData what says that it holds data, in words
 * @param healthyOthers instances of the same service that are well besides it
 */
public record Standing(
        String stateToken,
        Optional<Change> changed,
        Optional<String> rollout,
        Map<String, String> owners,
        Optional<String> holdsData,
        OptionalInt healthyOthers) {

    /** @param by who made it; may be empty */
    public record Change(Instant at, String by) {}

    public Standing {
        owners = Map.copyOf(owners);
    }

    /** Of which nothing but the token is known. */
    public static Standing of(String stateToken) {
        return new Standing(
                stateToken, Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), OptionalInt.empty());
    }

    public Standing withToken(String token) {
        return new Standing(token, changed, rollout, owners, holdsData, healthyOthers);
    }

    public Standing withChange(Change change) {
        return new Standing(stateToken, Optional.of(change), rollout, owners, holdsData, healthyOthers);
    }

    public Standing withRollout(String running) {
        return new Standing(stateToken, changed, Optional.of(running), owners, holdsData, healthyOthers);
    }

    public Standing withOwner(String kind, String owner) {
        Map<String, String> more = new HashMap<>(owners);
        more.put(kind, owner);
        return new Standing(stateToken, changed, rollout, more, holdsData, healthyOthers);
    }

    public Standing withData(String evidence) {
        return new Standing(stateToken, changed, rollout, owners, Optional.of(evidence), healthyOthers);
    }

    public Standing withHealthyOthers(int healthy) {
        return new Standing(stateToken, changed, rollout, owners, holdsData, OptionalInt.of(healthy));
    }
}
