package io.nightshift.embedded.broker;

import io.nightshift.embedded.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * The random password of one installation. It lives in a 0600 file, so on loopback only this user's processes get in.
 *
 * @param password 256 random bits in hexadecimal, so it needs no quoting in any configuration syntax
 */
record BrokerSecret(String password) {
    static final String USER = "nightshift";
    private static final String FILE = "broker.secret";

    /** Reads the folder's secret; makes one on first use. */
    static BrokerSecret in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            PrivateFiles.write(file, HexFormat.of().formatHex(random) + "\n");
        }
        PrivateFiles.tighten(file);
        String password = Files.readString(file).strip();
        if (!password.matches("[0-9a-f]{64}")) {
            throw new IOException(file + " is damaged: delete it and a new secret is made at the next start");
        }
        return new BrokerSecret(password);
    }

    /** The login of a client. */
    String clientLogin() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + USER + "\" password=\""
                + password + "\";";
    }

    /** The login of the broker itself, with the one user whom it lets in. */
    String serverLogin() {
        return clientLogin().replace(";", " user_" + USER + "=\"" + password + "\";");
    }

    /** Security settings for any Java client, admin client, or Streams application. */
    Map<String, String> clientSettings() {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", clientLogin());
    }

    /** The same for librdkafka, which kcat and most non-Java clients stand on. */
    String librdkafkaSettings(String bootstrapServers) {
        return "bootstrap.servers=" + bootstrapServers + "\nsecurity.protocol=SASL_PLAINTEXT\nsasl.mechanisms=PLAIN\n"
                + "sasl.username=" + USER + "\nsasl.password=" + password + "\n";
    }

    @Override
    public String toString() {
        return "BrokerSecret[hidden]";
    }
}
