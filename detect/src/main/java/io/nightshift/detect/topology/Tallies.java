package io.nightshift.detect.topology;

/** Where steps count what they turned away, merged or gave up; shared by all tasks and safe for many threads. */
@FunctionalInterface
public interface Tallies {

    /** Adds one under this name, such as {@code rerouted}. */
    void count(String what);
}
