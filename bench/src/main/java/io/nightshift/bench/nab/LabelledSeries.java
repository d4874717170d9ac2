package io.nightshift.bench.nab;

import java.util.List;

/**
 * A series with the windows in which something was unusual.
 *
 * @param name path of the file below the data folder
 * @param timesMicros microseconds since the epoch, read as UTC; not always in order
 * @param windows in order, not overlapping
 */
record LabelledSeries(String name, long[] timesMicros, double[] values, List<Window> windows) {

    /** First and last row of a window, both inside it. */
    record Window(int first, int last) {
        int width() {
            return last - first + 1;
        }
    }

    LabelledSeries {
        windows = List.copyOf(windows);
    }

    int rows() {
        return values.length;
    }

    /** The folder of the file: a kind of data. */
    String kind() {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "." : name.substring(0, slash);
    }

    /** Rows at the beginning in which no detection counts: 15 % of them, of 5,000 at most. */
    int probation() {
        return (int) Math.min(Math.floor(0.15 * rows()), 0.15 * 5_000);
    }
}
