package io.nightshift.oversee.domain.audit;

import io.nightshift.events.AuditEntry;
import io.nightshift.schemas.CauseHash;

/**
 * The hash chain: each entry carries the hash of the one before it, so that nobody can edit, delete or reorder entries
 * without every later hash changing. The head is exported elsewhere, because a chain alone can't tell that its end was cut off.
 */
public final class AuditChain {

    /** What the first entry names as the hash before it. */
    public static final String GENESIS = "0".repeat(64);

    private AuditChain() {}

    /** The draft as the next link after {@code head}; {@code head} is null for the first entry. */
    public static AuditEntry seal(AuditEntry draft, AuditHead head) {
        AuditEntry.Builder entry = AuditEntry.newBuilder(draft)
                .setSequence(head == null ? 0 : head.sequence() + 1)
                .setPreviousHash(head == null ? GENESIS : head.hash());
        return entry.setHash(hash(entry.build())).build();
    }

    /** SHA-256 over every field but the hash itself, hex. */
    public static String hash(AuditEntry entry) {
        return CauseHash.sha256(
                "nightshift-audit-1",
                entry.getSequence(),
                entry.getPreviousHash(),
                entry.getSourceTopic(),
                entry.getSourcePartition(),
                entry.getSourceOffset(),
                entry.getSourceSha256(),
                entry.getSourceType(),
                entry.getSourceTime().toEpochMilli(),
                entry.getActor(),
                entry.getIncidentId(),
                entry.getActionId(),
                entry.getStatus(),
                entry.getPolicyVersion(),
                entry.getDecidingRules().size(),
                CauseHash.sha256(entry.getDecidingRules().toArray()),
                entry.getModelDigest(),
                entry.getPromptDigest(),
                entry.getSentence());
    }
}
