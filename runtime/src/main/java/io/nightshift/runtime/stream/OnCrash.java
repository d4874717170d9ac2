package io.nightshift.runtime.stream;

/** What a stage does when a stream thread dies. */
public enum OnCrash {
    /** Transient faults (broker or registry out of reach): a new thread after a back-off. Anything else stops the stage. */
    RESTART_WHEN_TRANSIENT,
    /**
     * Every fault stops the stage until the process is started again, but a transaction that the broker gave up. For stages
     * that decide about effects: what can't be read or written there must mean that nothing acts.
     */
    HALT
}
