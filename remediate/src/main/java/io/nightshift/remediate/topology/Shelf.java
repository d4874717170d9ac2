package io.nightshift.remediate.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A state store with its values decoded beside it: admission looks at all of them each second. Writes go through. Values must
 * not be changed once they are here.
 */
final class Shelf<V> {

    private final KeyValueStore<String, V> store;
    private final Map<String, V> values = new TreeMap<>();

    /** Reads the store, once. A task that is begun anew makes a new shelf. */
    Shelf(KeyValueStore<String, V> store) {
        this.store = store;
        try (KeyValueIterator<String, V> entries = store.all()) {
            entries.forEachRemaining(entry -> values.put(entry.key, entry.value));
        }
    }

    Optional<V> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** All values as of now, by their keys' order. */
    List<V> all() {
        return List.copyOf(values.values());
    }

    /** What is here already is not written again. */
    void put(String key, V value) {
        if (values.put(key, value) != value) {
            store.put(key, value);
        }
    }

    void delete(String key) {
        if (values.remove(key) != null) {
            store.delete(key);
        }
    }
}
