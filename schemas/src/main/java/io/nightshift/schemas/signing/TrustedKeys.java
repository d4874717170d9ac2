package io.nightshift.schemas.signing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The public keys whose signatures count, by identifier, and which of them are people's. */
public final class TrustedKeys {

    /** Public keys end so; those of service accounts, which never count as a person, end in {@link #SERVICE_SUFFIX}. */
    public static final String SUFFIX = ".pub";

    public static final String SERVICE_SUFFIX = ".service.pub";

    private final Map<String, PublicKey> keys;
    private final Set<String> people;

    private TrustedKeys(Map<String, PublicKey> keys, Set<String> people) {
        this.keys = Map.copyOf(keys);
        this.people = Set.copyOf(people);
    }

    /** Nobody is trusted: every signature fails. */
    public static TrustedKeys none() {
        return new TrustedKeys(Map.of(), Set.of());
    }

    /** The public halves of these keys, all people's. */
    public static TrustedKeys of(SigningKey... trusted) {
        Map<String, PublicKey> keys = new HashMap<>();
        for (SigningKey key : trusted) {
            keys.put(key.keyId(), key.publicKey());
        }
        return new TrustedKeys(keys, keys.keySet());
    }

    /**
     * Reads one {@code .pub} file, or every one of a folder.
     *
     * @throws IOException when the path does not exist, or a file in it is not an Ed25519 public key; names the file
     */
    public static TrustedKeys read(Path fileOrFolder) throws IOException {
        Map<String, PublicKey> keys = new HashMap<>();
        Set<String> people = new HashSet<>();
        if (Files.isDirectory(fileOrFolder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(fileOrFolder, "*" + SUFFIX)) {
                for (Path file : files) {
                    add(file, keys, people);
                }
            }
        } else {
            add(fileOrFolder, keys, people);
        }
        return new TrustedKeys(keys, people);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether this key is a trusted person's. */
    public boolean isPerson(String keyId) {
        return people.contains(keyId);
    }

    boolean verify(String keyId, byte[] message, byte[] signed) {
        PublicKey key = keys.get(keyId);
        if (key == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(KeyPem.ALGORITHM);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void add(Path file, Map<String, PublicKey> keys, Set<String> people) throws IOException {
        try {
            PublicKey key = KeyPem.publicKey(Files.readString(file));
            keys.put(KeyPem.keyId(key), key);
            if (!file.getFileName().toString().endsWith(SERVICE_SUFFIX)) {
                people.add(KeyPem.keyId(key));
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the file " + file + " does not hold an Ed25519 public key: " + e.getMessage(), e);
        }
    }
}
