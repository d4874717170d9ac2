package io.nightshift.detect.topology;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * State per resource on the heap, with a changelog that rotates: each entry that changed is written now and then, so that a
 * crash costs a bounded freshness of a baseline, and points cost no store access. What took part in a decision is written at
 * once.
 */
final class Book<S> {

    private static final int TURN_SECONDS = 60;
    /** A changelog record beyond Kafka's megabyte fails its transaction, and again after every restart. */
    private static final int MAX_BYTES = 900 * 1024;
    /** Stands between key and part. */
    private static final char PART = '\u0000';

    /**
     * How a state is stored.
     *
     * @param take the parts that changed, by name, one of them with the empty name; null deletes a part
     * @param enoughChanges an entry that changed so often is written when its minute comes
     * @param longSeconds and any that changed, after so many seconds
     */
    record Form<S>(
            BiFunction<String, Map<String, byte[]>, S> read,
            Function<S, Map<String, byte[]>> take,
            int enoughChanges,
            long longSeconds) {}

    private static final class Unwritten {
        int changes;
        long writtenSecond;
    }

    private final KeyValueStore<String, byte[]> store;
    private final Function<String, S> fresh;
    private final Form<S> form;
    private final Map<String, S> onHeap = new LinkedHashMap<>();
    /** By the second of the minute at which an entry's turn comes. */
    private final List<Map<String, Unwritten>> turns = Stream.<Map<String, Unwritten>>generate(LinkedHashMap::new)
            .limit(TURN_SECONDS)
            .toList();

    private long second;

    /** A book whose entries are small: each is one record, and what changed is written once a minute. */
    Book(
            KeyValueStore<String, byte[]> store,
            Function<String, S> fresh,
            BiFunction<String, byte[], S> read,
            Function<S, byte[]> write) {
        this(
                store,
                fresh,
                new Form<>(
                        (key, parts) -> read.apply(key, parts.get("")),
                        state -> Map.of("", write.apply(state)),
                        1,
                        TURN_SECONDS));
    }

    /** A book whose entries are written in parts. */
    Book(KeyValueStore<String, byte[]> store, Function<String, S> fresh, Form<S> form) {
        this.store = store;
        this.fresh = fresh;
        this.form = form;
    }

    /** Takes everything stored onto the heap: needed where time alone must find something. */
    Book<S> loadAll() {
        Map<String, Map<String, byte[]>> stored = new LinkedHashMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                int at = entry.key.indexOf(PART);
                String key = at < 0 ? entry.key : entry.key.substring(0, at);
                String part = at < 0 ? "" : entry.key.substring(at + 1);
                stored.computeIfAbsent(key, k -> new HashMap<>()).put(part, entry.value);
            }
        }
        stored.forEach((key, parts) -> onHeap.put(key, form.read().apply(key, parts)));
        return this;
    }

    /**
     * The state of this resource, to be changed.
     *
     * @param key without null characters, for one stands between key and part
     */
    S change(String key) {
        S state = onHeap.get(key);
        if (state == null) {
            state = load(key);
            onHeap.put(key, state);
        }
        unwritten(key).changes++;
        return state;
    }

    private S load(String key) {
        if (key.indexOf(PART) >= 0) {
            throw new IllegalArgumentException("a key holds a null character: " + key);
        }
        byte[] head = store.get(key);
        return head == null ? fresh.apply(key) : form.read().apply(key, stored(key, head));
    }

    private Map<String, byte[]> stored(String key, byte[] head) {
        Map<String, byte[]> parts = new HashMap<>();
        parts.put("", head);
        String prefix = key + PART;
        try (KeyValueIterator<String, byte[]> rest = store.range(prefix, key + (char) (PART + 1))) {
            while (rest.hasNext()) {
                KeyValue<String, byte[]> part = rest.next();
                if (part.key.startsWith(prefix)) {
                    parts.put(part.key.substring(prefix.length()), part.value);
                }
            }
        }
        return parts;
    }

    Map<String, S> all() {
        return onHeap;
    }

    void forget(String key) {
        onHeap.remove(key);
        turn(key).remove(key);
        byte[] head = store.get(key);
        if (head != null) {
            stored(key, head).keySet().forEach(part -> store.delete(name(key, part)));
        }
    }

    /** Writes this entry now: it took part in a decision, and decisions are exact. */
    void write(String key) {
        write(key, unwritten(key));
    }

    /** Writes the changed entries whose turn it is. Time that stands still or goes back changes nothing. */
    void rotate(long nowMicros) {
        long now = nowMicros / 1_000_000;
        if (now <= second) {
            return;
        }
        long passed = second == 0 ? TURN_SECONDS : Math.min(TURN_SECONDS, now - second);
        second = now;
        for (long turn = now - passed + 1; turn <= now; turn++) {
            turns.get((int) (turn % TURN_SECONDS)).forEach(this::writeIfDue);
        }
    }

    private void writeIfDue(String key, Unwritten entry) {
        boolean isDue = entry.changes >= form.enoughChanges() || second - entry.writtenSecond >= form.longSeconds();
        if (entry.changes > 0 && isDue) {
            write(key, entry);
        }
    }

    private Unwritten unwritten(String key) {
        return turn(key).computeIfAbsent(key, k -> new Unwritten());
    }

    private Map<String, Unwritten> turn(String key) {
        return turns.get(Math.floorMod(key.hashCode(), TURN_SECONDS));
    }

    /** What grew too large keeps its last stored state: a restart then costs freshness, not the stage. */
    private void write(String key, Unwritten entry) {
        form.take().apply(onHeap.get(key)).forEach((part, bytes) -> {
            if (bytes == null) {
                store.delete(name(key, part));
            } else if (bytes.length <= MAX_BYTES) {
                store.put(name(key, part), bytes);
            }
        });
        entry.changes = 0;
        entry.writtenSecond = second;
    }

    private static String name(String key, String part) {
        return part.isEmpty() ? key : key + PART + part;
    }
}
