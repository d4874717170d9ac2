package io.nightshift.runtime.inventory;

import java.time.Duration;

/** How one kind of effect is done. */
public sealed interface EffectSpec permits CommandSpec, HttpCallSpec, KubernetesEffect {

    /** Hard timeout of one effect. */
    Duration timeout();

    /** Whether it acts on the service as a whole, in one step, and not instance by instance. */
    boolean isServiceWide();
}
