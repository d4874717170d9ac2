package io.nightshift.oversee.domain.audit;

import io.nightshift.schemas.CauseHash;
import java.time.Instant;

/** Where a decision record stands, when it was written, and the SHA-256 of its value's bytes. */
public record Source(String topic, int partition, long offset, Instant time, String sha256) {

    /** A tombstone has no bytes; it is hashed as the empty value. */
    public static Source of(String topic, int partition, long offset, Instant time, byte[] value) {
        return new Source(topic, partition, offset, time, CauseHash.sha256(value == null ? new byte[0] : value));
    }
}
