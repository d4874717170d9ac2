package io.nightshift.investigate.look;

import io.nightshift.investigate.look.LookTool.LookException;
import java.time.Duration;
import java.util.List;

/** Something that can be looked at, with its tools. Safe for several threads. */
public interface LookSource extends AutoCloseable {

    /** Unique; the names of its tools begin with it. */
    String name();

    /** What it speaks, such as prometheus. */
    String kind();

    /** The tools that it offers now. One that can't be reached may offer none; asking takes no longer than its timeout. */
    List<LookTool> tools();

    /**
     * Tries it with the cheapest look there is.
     *
     * @return what was found, in our own words
     * @throws LookException when it can't be used, with the remedy
     */
    String check(Duration timeLeft) throws LookException;

    @Override
    default void close() {}
}
