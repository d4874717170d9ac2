package io.nightshift.ingest.domain;

/**
 * A set of hashes in eight bytes each and open addressing with linear probing: half a million boxed longs would take
 * forty megabytes.
 */
final class LongSet {
    /** Marks a free place; a value equal to it is kept as {@code ZERO_STANDS_FOR}. */
    private static final long FREE = 0;

    private static final long ZERO_STANDS_FOR = 1;

    private long[] table = new long[16];
    private int size;

    int size() {
        return size;
    }

    boolean contains(long value) {
        return table[place(stored(value))] != FREE;
    }

    void add(long value) {
        long kept = stored(value);
        int place = place(kept);
        if (table[place] != FREE) {
            return;
        }
        table[place] = kept;
        size++;
        if (size * 2 > table.length) {
            grow();
        }
    }

    /** Whether it was there. */
    boolean remove(long value) {
        int free = place(stored(value));
        if (table[free] == FREE) {
            return false;
        }
        table[free] = FREE;
        size--;
        // Values behind the gap may have been pushed there by the removed one: put each in again.
        int mask = table.length - 1;
        for (int i = (free + 1) & mask; table[i] != FREE; i = (i + 1) & mask) {
            long moved = table[i];
            table[i] = FREE;
            table[place(moved)] = moved;
        }
        return true;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (long value : old) {
            if (value != FREE) {
                table[place(value)] = value;
            }
        }
    }

    /** Where the value is, or the free place where it belongs. */
    private int place(long value) {
        int mask = table.length - 1;
        int i = (int) value & mask;
        while (table[i] != FREE && table[i] != value) {
            i = (i + 1) & mask;
        }
        return i;
    }

    private static long stored(long value) {
        return value == FREE ? ZERO_STANDS_FOR : value;
    }
}
