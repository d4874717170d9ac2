package io.nightshift.detect.domain.log;

/** A map from mixed hashes to values: open addressing, no boxes. Keys are not removed one by one. */
final class LongMap<V> {

    private static final int SMALLEST = 64;

    private long[] keys = new long[SMALLEST];
    private Object[] values = new Object[SMALLEST];
    private int size;

    @SuppressWarnings("unchecked") // only put writes values
    V get(long key) {
        int mask = keys.length - 1;
        for (int i = (int) key & mask; ; i = i + 1 & mask) {
            Object value = values[i];
            if (value == null || keys[i] == key) {
                return (V) value;
            }
        }
    }

    void put(long key, V value) {
        if (size * 2 > keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int i = (int) key & mask;
        while (values[i] != null && keys[i] != key) {
            i = i + 1 & mask;
        }
        size += values[i] == null ? 1 : 0;
        keys[i] = key;
        values[i] = value;
    }

    int size() {
        return size;
    }

    void clear() {
        keys = new long[SMALLEST];
        values = new Object[SMALLEST];
        size = 0;
    }

    @SuppressWarnings("unchecked") // only put writes values
    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[oldKeys.length * 2];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                put(oldKeys[i], (V) oldValues[i]);
            }
        }
    }
}
