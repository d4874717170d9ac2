package io.nightshift.runtime;

/**
 * How a stage is.
 *
 * @param state where it is in its life
 * @param detail one line for people, such as the error that stopped it; empty when all is well
 */
public record StageHealth(State state, String detail) {

    public enum State {
        STARTING,
        RUNNING,
        /** It lives but does not work, such as a rebalance or a broker out of reach. */
        DEGRADED,
        FAILED,
        STOPPED
    }

    public static StageHealth of(State state) {
        return new StageHealth(state, "");
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }
}
