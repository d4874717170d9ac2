package io.nightshift.bench.chaos;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A fault of the matrix and how it is brought about.
 *
 * @param row number in the fault matrix
 * @param name in a word or two
 * @param isShort whether it belongs to the short run
 */
record Round(int row, String name, boolean isShort, Play play) {

    /** Plays it once. */
    interface Play {

        /** @param home folder for the trial's files */
        Findings on(Ground ground, Path home) throws IOException, InterruptedException;
    }
}
