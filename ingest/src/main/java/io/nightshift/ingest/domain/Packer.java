package io.nightshift.ingest.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Fills records with items until the next one would make a record too large. */
final class Packer<I, B> {
    private final String key;
    private final int room;
    private final Function<List<I>, B> wrap;
    private final List<Parcel<B>> out;

    private List<I> items = new ArrayList<>();
    private int bytes;
    private int count;
    private long newestMicros = Long.MIN_VALUE;

    /**
     * @param room bytes that the items of one record may take
     * @param wrap makes a record of its items
     * @param out where finished records go
     */
    Packer(String key, int room, Function<List<I>, B> wrap, List<Parcel<B>> out) {
        this.key = key;
        this.room = room;
        this.wrap = wrap;
        this.out = out;
    }

    /**
     * @param itemBytes upper bound of the item's serialised size
     * @param itemCount how many points, lines or spans it stands for
     */
    void add(I item, int itemBytes, int itemCount, long itemNewestMicros) {
        if (!items.isEmpty() && bytes + itemBytes > room) {
            seal();
        }
        items.add(item);
        bytes += itemBytes;
        count += itemCount;
        newestMicros = Math.max(newestMicros, itemNewestMicros);
    }

    /** Finishes the record in the making, if there is one. */
    void seal() {
        if (items.isEmpty()) {
            return;
        }
        out.add(new Parcel<>(key, wrap.apply(items), count, newestMicros));
        items = new ArrayList<>();
        bytes = 0;
        count = 0;
        newestMicros = Long.MIN_VALUE;
    }
}
