package io.nightshift.oversee.domain.audit;

import io.nightshift.events.AuditEntry;

/** The end of the chain: sequence and hash of its last entry. */
public record AuditHead(long sequence, String hash) {

    public static AuditHead of(AuditEntry entry) {
        return new AuditHead(entry.getSequence(), entry.getHash());
    }
}
