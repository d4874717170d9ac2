package io.nightshift.runtime;

/** A part of the pipeline that runs: a topology, a worker or a receiver. Started once, closed once. */
public interface Stage extends AutoCloseable {

    /** Short name for logs, health and metrics, such as {@code detect} or {@code remediate-executor}. */
    String name();

    /** Starts and returns at once; {@link #health()} tells when it works. */
    void start();

    StageHealth health();

    /** Stops in order: finishes or gives up what is in work, commits, leaves its groups. Never throws. */
    @Override
    void close();
}
