package io.nightshift.oversee.domain.audit;

import io.nightshift.events.AuditEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Checks the chain entry by entry and stops at the first place where it is broken. */
public final class ChainCheck {

    private final Map<Long, String> exported;
    private AuditHead head;
    private String fault;

    /** @param exported hashes of heads that were exported elsewhere, by sequence */
    public ChainCheck(Map<Long, String> exported) {
        this.exported = new HashMap<>(exported);
    }

    /** Takes the next entry; false once the chain is broken. */
    public boolean accept(AuditEntry entry) {
        if (fault == null) {
            fault = faultOf(entry);
        }
        if (fault == null) {
            head = AuditHead.of(entry);
            exported.remove(entry.getSequence());
        }
        return fault == null;
    }

    /** The first fault, naming the place; empty when all that was accepted is in order. Call {@link #end} first. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** Says that there are no more entries, so that a head exported beyond the end shows that the end was cut off. */
    public void end() {
        if (fault == null && !exported.isEmpty()) {
            long last =
                    exported.keySet().stream().mapToLong(Long::longValue).max().getAsLong();
            fault = "the ledger ends at entry " + (head == null ? "none" : head.sequence()) + ", but entry " + last
                    + " was exported: entries after the end were removed";
        }
    }

    /** The last entry in order; null when there is none. */
    public AuditHead head() {
        return head;
    }

    private String faultOf(AuditEntry entry) {
        long expected = head == null ? 0 : head.sequence() + 1;
        if (entry.getSequence() != expected) {
            return "entry " + expected + " is missing: entry " + entry.getSequence() + " stands in its place";
        }
        if (!entry.getPreviousHash().equals(head == null ? AuditChain.GENESIS : head.hash())) {
            return "entry " + expected + " does not follow entry " + (expected - 1) + ": one of them was replaced";
        }
        if (!entry.getHash().equals(AuditChain.hash(entry))) {
            return "entry " + expected + " was edited: its hash does not fit its content";
        }
        String exportedHash = exported.get(expected);
        if (exportedHash != null && !exportedHash.equals(entry.getHash())) {
            return "entry " + expected + " differs from the head that was exported: the ledger was rewritten";
        }
        return null;
    }
}
