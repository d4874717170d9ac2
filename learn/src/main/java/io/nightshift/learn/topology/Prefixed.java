package io.nightshift.learn.topology;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Records of a store that belong together: under one owner, each with a name of its own. */
final class Prefixed<V> {

    /** Below every character that a key holds, so that one owner's records never stand under another's. */
    private static final char END = '\u0000';

    private static final StringSerializer TEXT = new StringSerializer();

    private final KeyValueStore<String, V> store;

    Prefixed(KeyValueStore<String, V> store) {
        this.store = store;
    }

    void put(String owner, String name, V value) {
        store.put(owner + END + name, value);
    }

    void remove(String owner, String name) {
        store.delete(owner + END + name);
    }

    List<V> of(String owner) {
        List<V> values = new ArrayList<>();
        try (KeyValueIterator<String, V> all = store.prefixScan(owner + END, TEXT)) {
            while (all.hasNext()) {
                KeyValue<String, V> entry = all.next();
                values.add(entry.value);
            }
        }
        return values;
    }

    /** The owner of a stored key. */
    static String owner(String key) {
        return key.substring(0, key.indexOf(END));
    }
}
