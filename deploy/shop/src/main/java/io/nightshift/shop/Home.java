package io.nightshift.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The folder that one shop lives in: its settings, its secret, who serves where, its logs, its ledger. */
public record Home(Path folder) {
    /** Header by which the shop's processes know whoever may operate them. */
    public static final String SECRET_HEADER = "Shop-Secret";

    public static Home create(Path folder) throws IOException {
        Home home = new Home(folder.toAbsolutePath());
        Files.createDirectories(home.logs());
        Files.createDirectories(home.endpoints());
        for (String part : List.of("data", "releases", "configuration", "certificates")) {
            Files.createDirectories(home.folder().resolve(part));
        }
        if (!Files.exists(home.secretFile())) {
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            Files.createFile(
                    home.secretFile(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(home.secretFile(), HexFormat.of().formatHex(secret));
        }
        return home;
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** One file a service, one {@code host:port} a line: the addresses that callers may use now. */
    public Path endpoints() {
        return folder.resolve("endpoints");
    }

    /** What was built into a release; most releases have no such file. */
    public Path artefact(String service, String version) {
        return folder.resolve("releases").resolve(service + "-" + version + ".properties");
    }

    /** The folder that stands for the data volume of an instance. */
    public Path volume(String instance) {
        return data().resolve("volumes").resolve(instance);
    }

    /** How an instance keeps its journal. */
    public Path journalConfiguration(String instance) {
        return folder.resolve("configuration").resolve(instance + "-journal.properties");
    }

    /** The patterns by which a service prices. */
    public Path pricingRules(String service) {
        return folder.resolve("configuration").resolve(service + "-pricing.rules");
    }

    /** The features of a service that are on, one a line. */
    public Path flags(String service) {
        return folder.resolve("configuration").resolve(service + ".flags");
    }

    /** A key with its certificate, PKCS#12. */
    public Path certificate(String name) {
        return folder.resolve("certificates").resolve(name + ".p12");
    }

    public Path ledger() {
        return folder.resolve("ledger.jsonl");
    }

    public Path settingsFile() {
        return folder.resolve("shop.properties");
    }

    public Path secretFile() {
        return folder.resolve("control.token");
    }

    public String secret() throws IOException {
        return Files.readString(secretFile()).trim();
    }

    public Properties settings() throws IOException {
        Properties settings = new Properties();
        try (var in = Files.newBufferedReader(settingsFile())) {
            settings.load(in);
        }
        return settings;
    }

    void writeSettings(Map<String, String> values) throws IOException {
        Properties settings = new Properties();
        settings.putAll(values);
        try (var out = Files.newBufferedWriter(settingsFile())) {
            settings.store(out, "how this shop was started");
        }
    }

    /** Replaces a file in one step, so that a reader sees the old text or the new one, never a part. */
    public static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
