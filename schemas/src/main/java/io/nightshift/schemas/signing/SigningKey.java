package io.nightshift.schemas.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;

/**
 * A person's (or service account's) Ed25519 key. In a file it is the private and the public key as two PEM blocks, mode
 * 0600; the public block alone is what {@link TrustedKeys} reads.
 */
public final class SigningKey {

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(KeyPem.ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 15 and later have Ed25519", e);
        }
    }

    /**
     * Reads a key file.
     *
     * @throws IOException when it can't be read or does not hold both halves; the message names the file
     */
    public static SigningKey read(Path file) throws IOException {
        String pem = Files.readString(file);
        try {
            SigningKey key = new SigningKey(KeyPem.privateKey(pem), KeyPem.publicKey(pem));
            byte[] sample = {1, 2, 3};
            if (!TrustedKeys.of(key).verify(key.keyId(), sample, key.sign(sample))) {
                throw new IOException("the two halves of the key in " + file + " do not belong together");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IOException("the file " + file + " does not hold an Ed25519 key: " + e.getMessage(), e);
        }
    }

    /** Reads the file, or makes a new key there when it does not exist. Its public half goes to {@code trusted}. */
    public static SigningKey readOrCreate(Path file, Path trusted) throws IOException {
        if (Files.exists(file)) {
            return read(file);
        }
        SigningKey key = generate();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createDirectories(trusted.toAbsolutePath().getParent());
        Files.writeString(trusted, key.publicPem());
        key.write(file);
        return key;
    }

    /** Writes a new file that only its owner can read; never over an existing one. */
    public void write(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (posix) {
            Files.newByteChannel(
                            file,
                            options,
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    .close();
        } else {
            Files.newByteChannel(file, options).close();
        }
        Files.writeString(file, KeyPem.of(privateKey) + publicPem());
    }

    /** The public half as PEM text. */
    public String publicPem() {
        return KeyPem.of(publicKey);
    }

    /** Identifier of the key: sixteen hex digits of the SHA-256 of its public half. */
    public String keyId() {
        return KeyPem.keyId(publicKey);
    }

    PublicKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(KeyPem.ALGORITHM);
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failed", e);
        }
    }
}
