package io.nightshift.schemas.signing;

import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltRecord;
import io.nightshift.schemas.EventClasses;
import java.nio.ByteBuffer;

/** Signs and verifies control and halt records with Ed25519 over the canonical form of all other fields. */
public final class ControlSignature {

    static {
        EventClasses.trust();
    }

    private ControlSignature() {}

    /** The record with the key's identifier and signature in it; whatever stood there before is replaced. */
    public static ControlRecord sign(ControlRecord record, SigningKey key) {
        ControlRecord named =
                ControlRecord.newBuilder(record).setKeyId(key.keyId()).build();
        return ControlRecord.newBuilder(named)
                .setSignature(ByteBuffer.wrap(key.sign(canonical(named))))
                .build();
    }

    /** The record with the key's identifier and signature in it; whatever stood there before is replaced. */
    public static HaltRecord sign(HaltRecord record, SigningKey key) {
        HaltRecord named = HaltRecord.newBuilder(record).setKeyId(key.keyId()).build();
        return HaltRecord.newBuilder(named)
                .setSignature(ByteBuffer.wrap(key.sign(canonical(named))))
                .build();
    }

    /** Whether one of the trusted keys signed exactly this record. */
    public static boolean verify(ControlRecord record, TrustedKeys keys) {
        return keys.verify(record.getKeyId(), canonical(record), bytes(record.getSignature()));
    }

    /** Whether one of the trusted keys signed exactly this record. */
    public static boolean verify(HaltRecord record, TrustedKeys keys) {
        return keys.verify(record.getKeyId(), canonical(record), bytes(record.getSignature()));
    }

    /** Whether it is verified and a person's: the record says so and the key is not a service account's. */
    public static boolean verifyPerson(ControlRecord record, TrustedKeys keys) {
        return record.getPerson() && keys.isPerson(record.getKeyId()) && verify(record, keys);
    }

    static byte[] canonical(ControlRecord record) {
        return CanonicalBytes.of("nightshift-control-1")
                .text(record.getId())
                .text(record.getKind().name())
                .text(record.getSubject())
                .text(record.getPlanHash())
                .text(record.getActor())
                .text(String.valueOf(record.getPerson()))
                .time(record.getAt())
                .time(record.getExpiresAt())
                .text(record.getReason())
                .map(record.getArguments())
                .text(record.getChannel())
                .text(record.getKeyId())
                .bytes();
    }

    static byte[] canonical(HaltRecord record) {
        return CanonicalBytes.of("nightshift-halt-1")
                .text(record.getMode().name())
                .text(record.getActor())
                .time(record.getAt())
                .text(record.getReason())
                .text(record.getChannel())
                .text(record.getKeyId())
                .bytes();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
