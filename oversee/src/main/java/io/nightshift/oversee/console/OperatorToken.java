package io.nightshift.oversee.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The secret of the person at this installation: 256 random bits in a file that only its owner may read. */
public final class OperatorToken {

    public static final String FILE = "console-token";

    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final String text;

    private OperatorToken(String text) {
        this.text = text;
    }

    /** A new one in memory. */
    public static OperatorToken random() {
        return new OperatorToken(randomText());
    }

    /**
     * The one that stands in the folder, made at first use.
     *
     * @throws IllegalStateException when others may read the file, or it holds no token
     * @throws UncheckedIOException when it can't be read or made
     */
    public static OperatorToken in(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                Files.writeString(file, randomText() + "\n", StandardOpenOption.TRUNCATE_EXISTING);
            }
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new IllegalStateException(
                        "others may read the console's token " + file + "; delete the file, a new one is made");
            }
            String text = Files.readString(file).strip();
            if (text.length() < BYTES) {
                throw new IllegalStateException("the file " + file + " holds no token; delete it, a new one is made");
            }
            return new OperatorToken(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the console's token " + file + " can't be read or made", e);
        }
    }

    static String randomText() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Compares in constant time. */
    boolean matches(String candidate) {
        return candidate != null
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), candidate.strip().getBytes(StandardCharsets.UTF_8));
    }

    /** The secret itself, for the login address. */
    public String text() {
        return text;
    }
}
