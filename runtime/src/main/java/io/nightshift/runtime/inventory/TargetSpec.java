package io.nightshift.runtime.inventory;

import io.nightshift.events.ActionKind;
import java.util.Map;

/** How services are acted on: by declared commands, by declared HTTP calls, or through a Kubernetes API. */
public sealed interface TargetSpec permits CommandTarget, HttpTarget, KubernetesTarget {

    /** Name that services refer to. */
    String name();

    /** Whether what stands there refuses an older executor by itself, so that an effect happens at most once. */
    boolean fenced();

    /** Effects by kind; RESTART serves ROLLING_RESTART too, instance by instance. */
    Map<ActionKind, ? extends EffectSpec> actions();
}
