package io.nightshift.investigate.llm;

import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The evidence of one investigation: the pack, what looks added to it, and which of all that the model was shown. */
final class Exhibits {

    private final List<EvidenceItem> pack;
    private final Set<String> taken;
    private final List<EvidenceItem> added = new ArrayList<>();
    private final Map<String, EvidenceItem> shown = new HashMap<>();
    private int number;

    Exhibits(List<EvidenceItem> pack) {
        this.pack = pack;
        this.taken = pack.stream().map(EvidenceItem::getId).collect(Collectors.toSet());
    }

    List<EvidenceItem> pack() {
        return pack;
    }

    /**
     * What a look found, under an id of its own such as {@code T1}.
     *
     * @param text already escaped
     */
    synchronized EvidenceItem add(String text) {
        do {
            number++;
        } while (taken.contains("T" + number));
        EvidenceItem item = new EvidenceItem("T" + number, EvidenceKind.TOOL, null, text, List.of(), null, null);
        added.add(item);
        return item;
    }

    synchronized void show(EvidenceItem item) {
        shown.put(item.getId(), item);
    }

    synchronized boolean isShown(EvidenceItem item) {
        return shown.containsKey(item.getId());
    }

    /** The item with this id, if it exists and the model saw it. */
    synchronized Optional<EvidenceItem> shown(String id) {
        return Optional.ofNullable(shown.get(id));
    }

    /** What looks found and the model was shown; the rest nobody reasoned upon. */
    synchronized List<EvidenceItem> added() {
        return added.stream().filter(this::isShown).toList();
    }
}
