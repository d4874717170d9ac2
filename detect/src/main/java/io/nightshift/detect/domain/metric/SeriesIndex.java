package io.nightshift.detect.domain.metric;

import java.util.Arrays;

/**
 * Finds a series by the hash of its name as it is written. Open addressing over two arrays, for a map of boxed keys would
 * take several times the room, and this is looked at for every point.
 */
final class SeriesIndex {

    /** A series may be written in several orders of its attributes, but not in very many. */
    private static final int MAX_SIZE = 8_192;

    private long[] hashes = new long[16];
    private Series[] series = new Series[16];
    private int size;

    /** The series, or null when this hash was not seen. */
    Series find(long hash) {
        for (int at = slot(hash); series[at] != null; at = at + 1 & series.length - 1) {
            if (hashes[at] == hash) {
                return series[at];
            }
        }
        return null;
    }

    void put(long hash, Series found) {
        if (size >= MAX_SIZE) {
            clear(); // what is still sent comes back by itself
        }
        if (2 * (size + 1) > series.length) {
            grow();
        }
        insert(hash, found);
        size++;
    }

    private void insert(long hash, Series found) {
        int at = slot(hash);
        while (series[at] != null) {
            at = at + 1 & series.length - 1;
        }
        hashes[at] = hash;
        series[at] = found;
    }

    private void grow() {
        long[] oldHashes = hashes;
        Series[] oldSeries = series;
        hashes = new long[oldHashes.length * 2];
        series = new Series[oldSeries.length * 2];
        for (int i = 0; i < oldSeries.length; i++) {
            if (oldSeries[i] != null) {
                insert(oldHashes[i], oldSeries[i]);
            }
        }
    }

    void clear() {
        Arrays.fill(series, null);
        size = 0;
    }

    private int slot(long hash) {
        return (int) hash & series.length - 1;
    }
}
