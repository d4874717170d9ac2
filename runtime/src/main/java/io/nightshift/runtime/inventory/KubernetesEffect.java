package io.nightshift.runtime.inventory;

import java.time.Duration;

/**
 * An effect through the Kubernetes API.
 *
 * @param timeout until the rollout, eviction or drain must have ended
 * @param perInstance whether it acts on a pod or a node, and not on the workload as a whole
 * @param min least replicas that a scale may ask for
 * @param max most replicas that a scale may ask for
 */
public record KubernetesEffect(Duration timeout, boolean perInstance, int min, int max) implements EffectSpec {

    @Override
    public boolean isServiceWide() {
        return !perInstance;
    }
}
