package io.nightshift.investigate.evidence;

import io.nightshift.events.EntityRef;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.RecordRef;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.KnownNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects items and numbers them. */
final class PackBuilder {

    private static final int REFS = 8;

    private final List<EvidenceItem> items = new ArrayList<>();
    private final Map<String, String> idByKey = new HashMap<>();
    private final KnownNames names;
    private final RecordRef origin;

    /**
     * @param names names that are shown bare
     * @param origin where the request stands, for evidence that it carries itself
     */
    PackBuilder(KnownNames names, RecordRef origin) {
        this.names = names;
        this.origin = origin;
    }

    KnownNames names() {
        return names;
    }

    /** @param key what the ranker knows the evidence by; null when it never cites it */
    void add(
            EvidenceKind kind,
            String key,
            EntityRef subject,
            String text,
            List<RecordRef> refs,
            String anomalyId,
            Instant at) {
        String id = "E" + (items.size() + 1);
        List<RecordRef> places =
                refs.isEmpty() ? List.of(origin) : refs.stream().limit(REFS).toList();
        items.add(new EvidenceItem(id, kind, subject, text, places, anomalyId, at));
        if (key != null) {
            idByKey.putIfAbsent(key, id);
        }
    }

    void add(EvidenceKind kind, EntityRef subject, String text, RecordRef ref, Instant at) {
        add(kind, null, subject, text, List.of(ref), null, at);
    }

    /** Another piece of evidence that the latest item renders as well. */
    void alsoKnownAs(String key) {
        idByKey.putIfAbsent(key, items.get(items.size() - 1).getId());
    }

    EvidencePack build(List<String> notes) {
        return new EvidencePack(items, new Citations(idByKey), notes);
    }
}
