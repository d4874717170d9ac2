package io.nightshift.deploy.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A text that is told later, and bound now: whoever has the hash from before knows that the text was not changed since.
 *
 * @param sha256 of the nonce, a newline and the text, in hexadecimal
 * @param nonce so that nobody can find the text by trying
 */
record Sealed(@JsonProperty("sha256") String sha256, String nonce, String text) {

    private static final int NONCE_BYTES = 16;

    static Sealed of(String text) {
        byte[] bytes = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        return new Sealed(hash(nonce, text), nonce, text);
    }

    static String hash(String nonce, String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((nonce + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
