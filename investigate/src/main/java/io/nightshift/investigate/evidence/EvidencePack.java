package io.nightshift.investigate.evidence;

import io.nightshift.events.EvidenceItem;
import io.nightshift.investigate.domain.Citations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The evidence of one investigation, each item with an id that claims cite.
 *
 * @param items most telling first
 * @param citations from what the ranker knows a piece of evidence by to its id
 * @param truncated what is missing, and why
 */
public record EvidencePack(List<EvidenceItem> items, Citations citations, List<String> truncated) {

    private static final int ITEM_OVERHEAD = 160;
    private static final int REF_BYTES = 48;

    public EvidencePack {
        items = List.copyOf(items);
        truncated = List.copyOf(truncated);
    }

    public static EvidencePack of(Material material) {
        Builder builder = new Builder(material.notes());
        new ItemWriter(builder).write(material);
        return builder.build();
    }

    /**
     * The pack within a budget: cited items stay first, then the most telling; the rest is dropped and counted.
     *
     * @param cited ids that hypotheses cite
     * @param bytes budget for all items together, about
     */
    public EvidencePack within(Set<String> cited, int bytes) {
        Set<String> kept = new HashSet<>();
        int used = 0;
        for (boolean wanted : new boolean[] {true, false}) {
            for (EvidenceItem item : items) {
                if (cited.contains(item.getId()) == wanted && used + size(item) <= bytes) {
                    used += size(item);
                    kept.add(item.getId());
                }
            }
        }
        if (kept.size() == items.size()) {
            return this;
        }
        List<String> notes = new ArrayList<>(truncated);
        notes.add((items.size() - kept.size()) + " of " + items.size()
                + " evidence items, the least telling ones, left out to stay within " + bytes + " bytes");
        return new EvidencePack(
                items.stream().filter(item -> kept.contains(item.getId())).toList(), citations, notes);
    }

    /**
     * The pack with further items, such as skills that fit.
     *
     * @throws IllegalArgumentException when an item has the id of another; see {@link #freeId}
     */
    public EvidencePack plus(List<EvidenceItem> further) {
        List<EvidenceItem> all = new ArrayList<>(items);
        Set<String> ids = items.stream().map(EvidenceItem::getId).collect(Collectors.toCollection(HashSet::new));
        for (EvidenceItem item : further) {
            if (!ids.add(item.getId())) {
                throw new IllegalArgumentException("the pack has an item " + item.getId() + " already");
            }
            all.add(item);
        }
        return new EvidencePack(all, citations, truncated);
    }

    /** The {@code n}-th id, counted from 0, that no item of this pack bears. */
    public String freeId(int n) {
        int highest = items.stream()
                .map(EvidenceItem::getId)
                .filter(id -> id.matches("E\\d{1,9}"))
                .mapToInt(id -> Integer.parseInt(id.substring(1)))
                .max()
                .orElse(0);
        return "E" + (highest + 1 + n);
    }

    static int size(EvidenceItem item) {
        return item.getText().getBytes(StandardCharsets.UTF_8).length
                + ITEM_OVERHEAD
                + item.getRefs().size() * REF_BYTES;
    }

    /** Collects items and numbers them. */
    static final class Builder {
        private final List<EvidenceItem> items = new ArrayList<>();
        private final Map<String, String> idByKey = new HashMap<>();
        private final List<String> notes;

        Builder(List<String> notes) {
            this.notes = new ArrayList<>(notes);
        }

        String nextId() {
            return "E" + (items.size() + 1);
        }

        void add(String key, EvidenceItem item) {
            items.add(item);
            idByKey.putIfAbsent(key, item.getId());
        }

        EvidencePack build() {
            return new EvidencePack(items, new Citations(idByKey), notes);
        }
    }
}
