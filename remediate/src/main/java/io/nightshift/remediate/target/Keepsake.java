package io.nightshift.remediate.target;

import java.time.Duration;

/**
 * Something of what is acted on that a repair would destroy, and that can be had by looking.
 *
 * @param name such as {@code threads of inventory-1}
 */
public record Keepsake(String name, Source source) {

    /** Where it is to be had. */
    @FunctionalInterface
    public interface Source {

        /**
         * Looks, and changes nothing.
         *
         * @param within time after which nobody listens any more
         * @return bounded text, which may hold anything
         * @throws TargetException when it could not be had; the message says why
         */
        String tell(Duration within) throws TargetException, InterruptedException;
    }
}
