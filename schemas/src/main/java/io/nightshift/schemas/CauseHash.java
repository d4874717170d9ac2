package io.nightshift.schemas;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifiers as hashes of what caused the thing, so that a replay names it alike. Parts are length-prefixed: no two
 * different lists of parts make the same input.
 */
public final class CauseHash {

    private CauseHash() {}

    /** An identifier: the kind as a readable prefix, then 20 hex digits (80 bits) of SHA-256 over the parts. */
    public static String id(String kind, Object... parts) {
        return kind + "-" + sha256(parts).substring(0, 20);
    }

    /** SHA-256 over the parts as 64 hex digits. */
    public static String sha256(Object... parts) {
        MessageDigest digest = digest();
        for (Object part : parts) {
            byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of raw bytes as 64 hex digits. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
