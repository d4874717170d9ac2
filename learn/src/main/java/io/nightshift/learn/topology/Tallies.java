package io.nightshift.learn.topology;

/** Where steps count what they met; shared by all tasks and safe for many threads. */
public interface Tallies {

    /** Adds one under this name, such as {@code feedback.untrusted}. */
    void count(String what);

    /** Changes how often the same mistake was made twice, as far as this process knows. */
    void repeated(int more);

    /** Counts nothing, for tests. */
    static Tallies none() {
        return new Tallies() {
            @Override
            public void count(String what) {}

            @Override
            public void repeated(int more) {}
        };
    }
}
