package io.nightshift.bench.chaos;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A fault of the matrix and how it is brought about.
 *
 * @param row number in the fault matrix, or {@value Crowd#ROW}
 * @param name in a word or two
 * @param isShort whether it belongs to the short run
 */
record Round(String row, String name, boolean isShort, Play play) {

    /** Plays it once. */
    interface Play {

        /** @param home folder for the trial's files */
        Findings on(Ground ground, Path home) throws IOException, InterruptedException;
    }

    Round(int row, String name, boolean isShort, Play play) {
        this(String.valueOf(row), name, isShort, play);
    }

    String title() {
        return row + " " + name;
    }
}
