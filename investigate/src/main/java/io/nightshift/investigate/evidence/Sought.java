package io.nightshift.investigate.evidence;

import java.util.List;

/**
 * What a look brought.
 *
 * @param records records found
 * @param truncated what was left unread and why; empty when nothing was
 */
public record Sought<V>(List<Found<V>> records, String truncated) {

    public Sought {
        records = List.copyOf(records);
    }

    public static <V> Sought<V> nothing(String why) {
        return new Sought<>(List.of(), why);
    }

    public List<V> values() {
        return records.stream().map(Found::value).toList();
    }
}
