package io.nightshift.investigate.evidence;

import io.nightshift.events.EntityRef;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Investigation;
import io.nightshift.events.RecordRef;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.KnownNames;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.schemas.CauseHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The evidence of one investigation, each item with an id that claims cite and the places in Kafka where it stands. It goes
 * through three hands: all that was found ({@link #of}), with what others add ({@link #plus}), and of that what is worth its
 * tokens for the question ({@link #chosenFor}). That last pack is what is reasoned upon, stored, and read back
 * ({@link #replayed}).
 *
 * @param items most telling first once chosen
 * @param citations from what the ranker knows a piece of evidence by to its id
 * @param truncated what is missing, and why
 */
public record EvidencePack(List<EvidenceItem> items, Citations citations, List<String> truncated) {

    /** Budget of a pack: with its places it stays well below the byte limit of an investigation. */
    public static final int TOKENS = 24_000;

    private static final int ITEM_OVERHEAD = 160;
    private static final int REF_BYTES = 48;

    public EvidencePack {
        items = List.copyOf(items);
        truncated = List.copyOf(truncated);
    }

    /**
     * All that was found, as items.
     *
     * @param inventory whose names are shown bare; what telemetry alone names is marked as data
     */
    public static EvidencePack of(Material material, Inventory inventory) {
        PackBuilder pack = new PackBuilder(KnownNames.of(inventory), material.origin());
        new IncidentItems(pack).write(material);
        new WindowItems(pack).write(material.rollups());
        new TraceItems(pack).write(material);
        new DetailItems(pack).write(material);
        return pack.build(material.notes());
    }

    /**
     * The pack with further items, such as skills that fit or what a tool showed. Added before the choice they compete with the
     * rest; added after it they stand last.
     *
     * @throws IllegalArgumentException when an item has the id of another; see {@link #freeId}
     */
    public EvidencePack plus(List<EvidenceItem> further) {
        List<EvidenceItem> all = new ArrayList<>(items);
        Set<String> ids = items.stream().map(EvidenceItem::getId).collect(Collectors.toSet());
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

    /**
     * The items that are worth most for the question that a diagnosis leaves, within a budget: see {@link EvidenceChoice}.
     *
     * @param tokens about so many for all items together
     */
    public EvidencePack chosenFor(Diagnosis diagnosis, int tokens) {
        List<EvidenceItem> chosen = EvidenceChoice.of(items, new EvidenceValue(diagnosis), tokens);
        return new EvidencePack(chosen, citations, leftOut(chosen.size(), tokens + " tokens"));
    }

    /**
     * The pack within a number of bytes: cited items stay, then the most telling; the rest is dropped and counted.
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
        return new EvidencePack(
                items.stream().filter(item -> kept.contains(item.getId())).toList(),
                citations,
                leftOut(kept.size(), bytes + " bytes"));
    }

    private List<String> leftOut(int kept, String budget) {
        if (kept == items.size()) {
            return truncated;
        }
        List<String> notes = new ArrayList<>(truncated);
        notes.add((items.size() - kept) + " of " + items.size()
                + " evidence items, the least telling ones, left out to stay within " + budget);
        return notes;
    }

    private static int size(EvidenceItem item) {
        return item.getText().getBytes(StandardCharsets.UTF_8).length
                + ITEM_OVERHEAD
                + item.getRefs().size() * REF_BYTES;
    }

    /** SHA-256 over all items in their order, hex. */
    public String digest() {
        List<Object> parts = new ArrayList<>();
        for (EvidenceItem item : items) {
            EntityRef subject = item.getSubject();
            parts.add(item.getId());
            parts.add(item.getKind());
            parts.add(
                    subject == null
                            ? ""
                            : CauseHash.sha256(
                                    subject.getEnvironment(),
                                    subject.getNamespace(),
                                    subject.getService(),
                                    subject.getInstance(),
                                    subject.getPeer()));
            parts.add(item.getText());
            parts.add(item.getRefs().stream().map(EvidencePack::place).collect(Collectors.joining(" ")));
            parts.add(item.getAnomalyId());
            parts.add(item.getAt() == null ? "" : item.getAt().toEpochMilli());
        }
        return CauseHash.sha256(parts.toArray());
    }

    private static String place(RecordRef ref) {
        return ref.getTopic() + "-" + ref.getPartition() + "-" + ref.getOffset();
    }

    /**
     * The pack that an investigation reasoned upon, out of what was stored, so that the reasoning can be run again on it.
     *
     * @throws IllegalArgumentException when the stored items are not those that were reasoned upon, because some were left out
     *     to keep the record within its limit or because the record was changed
     */
    public static EvidencePack replayed(Investigation stored) {
        Map<String, String> idByKey = new HashMap<>();
        for (EvidenceItem item : stored.getEvidence()) {
            if (item.getAnomalyId() != null) {
                idByKey.putIfAbsent(item.getAnomalyId(), item.getId());
            }
        }
        EvidencePack pack = new EvidencePack(stored.getEvidence(), new Citations(idByKey), stored.getTruncated());
        if (!pack.digest().equals(stored.getPackDigest())) {
            throw new IllegalArgumentException("the evidence stored with " + stored.getId()
                    + " is not the pack that it was reasoned upon: "
                    + (stored.getPackDigest().isEmpty() ? "no digest was kept" : "the digests differ"));
        }
        return pack;
    }
}
