package io.nightshift.bench.learn;

import io.nightshift.bench.learn.World.Fault;
import io.nightshift.events.ActionKind;

/** A way to choose what to propose. What it is allowed to do alone is not its own to choose. */
interface Arm {

    ActionKind choose(Fault fault);

    /** What became of an action, as far as the installation could see: wrong one time in ten. */
    void told(Fault fault, ActionKind action, boolean held);
}
