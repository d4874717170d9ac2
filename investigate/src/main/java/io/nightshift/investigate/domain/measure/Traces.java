package io.nightshift.investigate.domain.measure;

import java.util.List;

/**
 * Requests followed through the entities during one window.
 *
 * @param entries parts of requests, by entity
 * @param hops calls between entities
 */
public record Traces(List<Entry> entries, List<Hop> hops) {

    public static final Traces NONE = new Traces(List.of(), List.of());

    public Traces {
        entries = List.copyOf(entries);
        hops = List.copyOf(hops);
    }
}
