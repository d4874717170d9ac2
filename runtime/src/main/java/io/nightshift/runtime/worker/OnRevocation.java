package io.nightshift.runtime.worker;

/** What becomes of work in progress when its partition is taken away. */
enum OnRevocation {
    /** Discardable work: cancelled, its result dropped; whoever gets the partition does it again. */
    CANCEL,
    /** Effectful work: waited for, bounded, until the call ended, and its outcome committed. */
    WAIT
}
