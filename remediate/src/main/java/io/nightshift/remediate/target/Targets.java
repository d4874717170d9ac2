package io.nightshift.remediate.target;

import io.nightshift.events.ActionKind;
import io.nightshift.runtime.inventory.TargetSpec;
import java.util.Optional;

/** Makes what can be acted on out of what the inventory declares. */
@FunctionalInterface
public interface Targets {

    /** The target that performs effects of this kind; empty when the inventory declares none for it. */
    Optional<Target> of(TargetSpec spec, ActionKind action);
}
