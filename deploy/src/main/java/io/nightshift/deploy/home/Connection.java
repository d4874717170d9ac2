package io.nightshift.deploy.home;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * How the command line reaches a running installation: written by the process that starts it, readable by its owner only,
 * because the embedded broker's secret is in it.
 *
 * @param bootstrapServers Kafka
 * @param registryUrl schema registry
 * @param prefix stands before topic names
 * @param consoleUrl console, or empty
 * @param healthUrl where the process tells how its stages are, or empty
 * @param inventory file of the services that it knows, or empty
 * @param pid process that wrote this
 * @param security client properties for Kafka
 */
public record Connection(
        String bootstrapServers,
        String registryUrl,
        String prefix,
        String consoleUrl,
        String healthUrl,
        String inventory,
        long pid,
        Map<String, String> security) {

    private static final String SECURITY = "kafka.";

    public void write(Path file) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("registry.url", registryUrl);
        properties.put("topic.prefix", prefix);
        properties.put("console.url", consoleUrl);
        properties.put("health.url", healthUrl);
        properties.put("inventory", inventory);
        properties.put("pid", String.valueOf(pid));
        security.forEach((key, value) -> properties.put(SECURITY + key, value));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (Writer writer = Files.newBufferedWriter(draft)) {
                properties.store(writer, "how the nightshift command reaches the running installation; keep private");
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartException("the file " + file + " can't be written: " + e.getMessage(), e);
        }
    }

    /** The connection of a running installation; empty when none was written. */
    public static Optional<Connection> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StartException("the file " + file + " can't be read: " + e.getMessage(), e);
        }
        Map<String, String> security = new TreeMap<>();
        properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(SECURITY))
                .forEach(key -> security.put(key.substring(SECURITY.length()), properties.getProperty(key)));
        return Optional.of(new Connection(
                properties.getProperty("bootstrap.servers"),
                properties.getProperty("registry.url"),
                properties.getProperty("topic.prefix", ""),
                properties.getProperty("console.url", ""),
                properties.getProperty("health.url", ""),
                properties.getProperty("inventory", ""),
                Long.parseLong(properties.getProperty("pid", "0")),
                security));
    }
}
