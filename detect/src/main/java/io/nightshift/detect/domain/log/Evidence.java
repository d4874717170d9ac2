package io.nightshift.detect.domain.log;

/**
 * How many distinct signatures were seen that are equal but for one token, or but for two. Nine bytes a key; what it counts
 * can be counted again from the templates, so that it is not stored.
 */
final class Evidence {

    /** About 2.4 MB at the most. */
    static final int MOST_KEYS = 120_000;

    private static final int SMALLEST = 256;
    private static final long ONE = 0xC2B2AE3D27D4EB4FL;
    private static final long TWO = 0xD6E8FEB86659FD93L;

    private long[] keys = new long[SMALLEST];
    private byte[] counts = new byte[SMALLEST];
    private int size;

    /** The key of what is left of a signature without the token at this position. */
    static long key(long rest, int position) {
        return Mixing.mix(rest ^ (position + 1) * ONE);
    }

    static long key(long rest, int first, int second) {
        return Mixing.mix(rest ^ ((first + 1) * 1_000L + second) * TWO);
    }

    int count(long key) {
        return counts[place(key)];
    }

    /** Counts one more and returns how many there are now, 127 at the most. */
    int add(long key) {
        if (size * 2 > keys.length && keys.length < 2 * MOST_KEYS) {
            grow();
        }
        int i = place(key);
        if (counts[i] == 0) {
            keys[i] = key;
            size++;
        }
        if (counts[i] < Byte.MAX_VALUE) {
            counts[i]++;
        }
        return counts[i];
    }

    boolean isFull() {
        return size >= MOST_KEYS;
    }

    boolean isNearlyFull() {
        return size >= MOST_KEYS / 4 * 3;
    }

    void clear() {
        keys = new long[SMALLEST];
        counts = new byte[SMALLEST];
        size = 0;
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int i = (int) key & mask;
        while (counts[i] != 0 && keys[i] != key) {
            i = i + 1 & mask;
        }
        return i;
    }

    private void grow() {
        long[] oldKeys = keys;
        byte[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        counts = new byte[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                counts[at] = oldCounts[i];
            }
        }
    }
}
