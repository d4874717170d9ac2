package io.nightshift.investigate.topology;

/** Where steps count what they turned away; shared by all tasks and safe for many threads. */
@FunctionalInterface
public interface Tallies {

    /** Adds one under this name, such as {@code question.untrusted}. */
    void count(String what);
}
