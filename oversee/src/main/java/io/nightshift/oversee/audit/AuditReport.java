package io.nightshift.oversee.audit;

import io.nightshift.oversee.domain.audit.AuditHead;

/**
 * What a verification found.
 *
 * @param verified whether everything that was checked is in order
 * @param fault the first fault, naming the place; null when verified
 * @param entries entries in order
 * @param head the last entry in order; null when the ledger is empty
 * @param sourcesChecked source records that were compared; 0 unless complete
 * @param pending newest source records that the ledger has not reached yet
 */
public record AuditReport(
        boolean verified, String fault, long entries, AuditHead head, long sourcesChecked, long pending) {}
