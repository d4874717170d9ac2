package io.nightshift.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes and reads the shop's certificates: PKCS#12 files with one key, made by the JDK's own keytool. */
public final class Certificates {
    /** How long a new certificate is valid, in days. */
    public static final int DAYS = 90;

    private static final String ALIAS = "receipts";
    /** Protects nothing that the file's own permissions do not: PKCS#12 needs one. */
    private static final String PASSWORD = "changeit";

    private static final long LIMIT_SECONDS = 20;

    private Certificates() {}

    /** A private key with its certificate. */
    public record Held(PrivateKey key, X509Certificate certificate) {}

    /**
     * Replaces the file by a new key and certificate in one step.
     *
     * @param javaExecutable the {@code java} beside which keytool is
     * @param secondsLeft after how many seconds it expires, at most 90 days
     */
    public static void issue(Path javaExecutable, Path file, long secondsLeft)
            throws IOException, InterruptedException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        long began = secondsLeft - TimeUnit.DAYS.toSeconds(DAYS);
        Process keytool = new ProcessBuilder(List.of(
                        javaExecutable.resolveSibling("keytool").toString(),
                        "-J-Xmx32m",
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-keystore",
                        next.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=receipts, O=Shop",
                        "-startdate",
                        (began < 0 ? "" : "+") + began + "S",
                        "-validity",
                        String.valueOf(DAYS)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            keytool.destroyForcibly();
            throw new IOException("keytool made no certificate within " + LIMIT_SECONDS + " s");
        }
        if (keytool.exitValue() != 0) {
            throw new IOException("keytool made no certificate: exit status " + keytool.exitValue());
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public static Held read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return new Held((PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray()), (X509Certificate)
                    store.getCertificate(ALIAS));
        } catch (GeneralSecurityException e) {
            throw new IOException("not a usable certificate: " + file, e);
        }
    }
}
