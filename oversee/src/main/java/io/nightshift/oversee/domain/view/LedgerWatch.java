package io.nightshift.oversee.domain.view;

import io.nightshift.events.AuditEntry;
import io.nightshift.oversee.domain.audit.AuditChain;

/** Recomputes each link of the ledger as it comes in. It says nothing of links from before it began to look. */
final class LedgerWatch {

    private AuditEntry head;
    private long checked;
    private String broken = "";

    void accept(AuditEntry entry) {
        if (head != null && entry.getSequence() <= head.getSequence()) {
            return; // the tail read it again after a lost connection
        }
        if (broken.isEmpty()) {
            broken = fault(entry);
            checked += broken.isEmpty() ? 1 : 0;
        }
        head = entry;
    }

    private String fault(AuditEntry entry) {
        if (!entry.getHash().equals(AuditChain.hash(entry))) {
            return "entry " + entry.getSequence() + " does not fit its own hash";
        }
        if (head == null) {
            return "";
        }
        if (entry.getSequence() != head.getSequence() + 1) {
            return "entries between " + head.getSequence() + " and " + entry.getSequence() + " are missing";
        }
        return entry.getPreviousHash().equals(head.getHash())
                ? ""
                : "entry " + entry.getSequence() + " does not follow the one before it";
    }

    LedgerView now() {
        return head == null
                ? new LedgerView(-1, "", null, "", 0, "")
                : new LedgerView(
                        head.getSequence(),
                        head.getHash(),
                        head.getSourceTime().toEpochMilli(),
                        head.getSentence(),
                        checked,
                        broken);
    }
}
