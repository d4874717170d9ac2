package io.nightshift.detect.domain.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The series of one instance by number, by nature, and by the hash of their names as they are written. Open addressing over
 * arrays of numbers: maps of boxed keys would take several times the room, and the hashes are looked at for every point.
 */
final class SeriesIndex {

    /** A series may be written in several orders of its attributes, but not in very many. */
    private static final int MAX_SPELLINGS = 8_192;

    private static final int FIRST_SLOTS = 16;
    private static final int NONE = -1;

    private final List<Series> series = new ArrayList<>();
    /** Number of a series and 1, by its nature's hash; 0 where there is none. */
    private short[] natures;

    private long[] hashes;
    /** Number of a series and 1, for the hash at the same place; 0 where there is none. */
    private short[] spelled;

    private int spellings;

    SeriesIndex() {
        clear();
    }

    void clear() {
        series.clear();
        natures = new short[FIRST_SLOTS];
        hashes = new long[FIRST_SLOTS];
        spelled = new short[FIRST_SLOTS];
        spellings = 0;
    }

    /** All series in the order in which they came: a series' number is its place. */
    List<Series> all() {
        return series;
    }

    /** Number of the series that was written so, or -1 when this hash was not seen. */
    int find(long hash) {
        for (int at = slot(hash, spelled.length); spelled[at] != 0; at = next(at, spelled.length)) {
            if (hashes[at] == hash) {
                return spelled[at] - 1;
            }
        }
        return NONE;
    }

    /** Number of the series of this nature, or -1. */
    int find(SeriesNature nature) {
        for (int at = slot(nature); natures[at] != 0; at = next(at, natures.length)) {
            if (series.get(natures[at] - 1).nature() == nature) {
                return natures[at] - 1;
            }
        }
        return NONE;
    }

    /** Takes up a series and returns its number; there is room for as many as a short can count. */
    int add(Series added) {
        series.add(added);
        if (isFull(series.size(), natures.length)) {
            natures = new short[grown(natures.length)];
            for (int i = 0; i < series.size(); i++) {
                insert(i);
            }
        } else {
            insert(series.size() - 1);
        }
        return series.size() - 1;
    }

    private void insert(int number) {
        int at = slot(series.get(number).nature());
        while (natures[at] != 0) {
            at = next(at, natures.length);
        }
        natures[at] = (short) (number + 1);
    }

    /** Remembers how the series of this number is written. */
    void spell(long hash, int number) {
        if (spellings >= MAX_SPELLINGS) { // what is still sent comes back by itself
            hashes = new long[FIRST_SLOTS];
            spelled = new short[FIRST_SLOTS];
            spellings = 0;
        }
        spellings++;
        if (isFull(spellings, spelled.length)) {
            long[] oldHashes = hashes;
            short[] old = spelled;
            hashes = new long[grown(old.length)];
            spelled = new short[hashes.length];
            for (int i = 0; i < old.length; i++) {
                if (old[i] != 0) {
                    insert(oldHashes[i], old[i]);
                }
            }
        }
        insert(hash, (short) (number + 1));
    }

    private void insert(long hash, short entry) {
        int at = slot(hash, spelled.length);
        while (spelled[at] != 0) {
            at = next(at, spelled.length);
        }
        hashes[at] = hash;
        spelled[at] = entry;
    }

    /** Four fifths: a search then looks at three places. */
    private static boolean isFull(int used, int slots) {
        return 5 * used > 4 * slots;
    }

    /** By little, for there are many instances and each grows once. */
    private static int grown(int slots) {
        return slots + slots / 8;
    }

    private int slot(SeriesNature nature) {
        return slot((long) nature.hash() * 0x9E3779B97F4A7C15L, natures.length);
    }

    /** By the upper half of the hash, spread over any number of slots. */
    private static int slot(long hash, int slots) {
        return (int) ((hash >>> 32) * slots >>> 32);
    }

    private static int next(int at, int slots) {
        return at + 1 == slots ? 0 : at + 1;
    }
}
