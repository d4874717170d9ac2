package io.nightshift.detect.topology;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * State per resource on the heap, with a changelog that rotates: each entry that changed is written about once a minute, so
 * that a crash costs at most a minute of a baseline's freshness, and points cost no store access.
 */
final class Book<S> {

    private static final int ROTATION_SECONDS = 60;
    /** A changelog record beyond Kafka's megabyte fails its transaction, and again after every restart. */
    private static final int MAX_BYTES = 900 * 1024;

    private final KeyValueStore<String, byte[]> store;
    private final Function<String, S> fresh;
    private final BiFunction<String, byte[], S> read;
    private final Function<S, byte[]> write;
    private final Map<String, S> onHeap = new LinkedHashMap<>();
    private final Map<String, Boolean> changed = new LinkedHashMap<>();
    private long rotatedSecond;

    Book(
            KeyValueStore<String, byte[]> store,
            Function<String, S> fresh,
            BiFunction<String, byte[], S> read,
            Function<S, byte[]> write) {
        this.store = store;
        this.fresh = fresh;
        this.read = read;
        this.write = write;
    }

    /** Takes everything stored onto the heap: needed where time alone must find something. */
    Book<S> loadAll() {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                onHeap.put(entry.key, read.apply(entry.key, entry.value));
            }
        }
        return this;
    }

    /** The state of this resource, to be changed. */
    S change(String key) {
        changed.put(key, Boolean.TRUE);
        return onHeap.computeIfAbsent(key, k -> {
            byte[] stored = store.get(k);
            return stored == null ? fresh.apply(k) : read.apply(k, stored);
        });
    }

    Map<String, S> all() {
        return onHeap;
    }

    void forget(String key) {
        onHeap.remove(key);
        changed.remove(key);
        store.delete(key);
    }

    /** Writes this entry now: it took part in a decision, and decisions are exact. */
    void write(String key) {
        put(key);
        changed.remove(key);
    }

    /** Writes the changed entries whose turn it is. */
    void rotate(long nowMicros) {
        long second = nowMicros / 1_000_000;
        if (second == rotatedSecond) {
            return;
        }
        long from = Math.max(rotatedSecond + 1, second - ROTATION_SECONDS + 1);
        rotatedSecond = second;
        for (Iterator<String> keys = changed.keySet().iterator(); keys.hasNext(); ) {
            String key = keys.next();
            long turn = Math.floorMod(key.hashCode(), ROTATION_SECONDS);
            if (Math.floorMod(turn - from, (long) ROTATION_SECONDS) <= second - from) {
                put(key);
                keys.remove();
            }
        }
    }

    /** What grew too large keeps its last stored state: a restart then costs freshness, not the stage. */
    private void put(String key) {
        byte[] bytes = write.apply(onHeap.get(key));
        if (bytes.length <= MAX_BYTES) {
            store.put(key, bytes);
        }
    }
}
