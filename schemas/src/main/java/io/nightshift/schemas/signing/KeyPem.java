package io.nightshift.schemas.signing;

import io.nightshift.schemas.CauseHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as PEM text (RFC 7468): PKCS#8 for the private one, SubjectPublicKeyInfo for the public one. */
final class KeyPem {

    static final String ALGORITHM = "Ed25519";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private KeyPem() {}

    static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    static String of(PublicKey key) {
        return block("PUBLIC KEY", key.getEncoded());
    }

    static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(body("PRIVATE KEY", pem)));
    }

    static PublicKey publicKey(String pem) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(body("PUBLIC KEY", pem)));
    }

    /** Sixteen hex digits of the SHA-256 of the encoded public key. */
    static String keyId(PublicKey key) {
        return CauseHash.sha256(key.getEncoded()).substring(0, 16);
    }

    private static String block(String name, byte[] der) {
        return "-----BEGIN " + name + "-----\n" + LINES.encodeToString(der) + "\n-----END " + name + "-----\n";
    }

    private static byte[] body(String name, String pem) throws GeneralSecurityException {
        Matcher block = Pattern.compile(
                        "-----BEGIN " + name + "-----\\s+([A-Za-z0-9+/=\\s]+)-----END " + name + "-----")
                .matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("no PEM block named " + name);
        }
        try {
            return Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the PEM block named " + name + " is not base64", e);
        }
    }
}
