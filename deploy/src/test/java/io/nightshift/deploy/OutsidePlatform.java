package io.nightshift.deploy;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.embedded.registry.EmbeddedRegistry;
import io.nightshift.runtime.kafka.ClusterId;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A Kafka and a registry that Nightshift did not start: for its processes they are somebody else's. */
final class OutsidePlatform implements AutoCloseable {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("registry.distribution"));
    private static final Duration REGISTRY_START = Duration.ofSeconds(60);

    private final Path folder;
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;

    /** @param folder for the registry's files and the readers' state */
    OutsidePlatform(Path folder) {
        this.folder = folder;
        broker = EmbeddedBroker.ephemeral();
        registry = EmbeddedRegistry.start(
                new EmbeddedRegistry.Settings(DISTRIBUTION, folder.resolve("registry"), 0, broker.clientProperties()));
        registry.awaitReady(REGISTRY_START);
    }

    EmbeddedBroker broker() {
        return broker;
    }

    URI registry() {
        return registry.url();
    }

    KafkaAccess kafka(String prefix) {
        return ClusterId.access(broker.bootstrapServers(), broker.clientProperties(), prefix, folder.resolve("state"));
    }

    Topics topics(String prefix) {
        return new Topics(
                TopicSettings.embedded().withPrefix(prefix),
                new AvroSerdes(ConfluentRegistry.at(registry.url().toString(), Map.of())));
    }

    /** Makes the topics of an installation. */
    void provision(String prefix) {
        Provisioning.create(kafka(prefix), topics(prefix));
    }

    /** A configuration file that names this platform and an installation's prefix, with these sections besides. */
    Path config(Path file, String prefix, String sections) throws IOException {
        return Files.writeString(
                file, kafkaSection() + registrySection(registry.url()) + topicsSection(prefix) + sections);
    }

    String kafkaSection() {
        return "kafka:\n  bootstrapServers: \"" + broker.bootstrapServers() + "\"\n  properties:\n"
                + broker.clientProperties().entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("bootstrap.servers"))
                        .map(entry -> "    " + entry.getKey() + ": '"
                                + entry.getValue().replace("'", "''") + "'\n")
                        .collect(Collectors.joining());
    }

    static String registrySection(URI url) {
        return "registry: {url: \"" + url + "\"}\n";
    }

    static String topicsSection(String prefix) {
        TopicSettings counts = TopicSettings.embedded();
        return """
                topics:
                  prefix: "%s"
                  telemetryPartitions: %d
                  decisionPartitions: %d
                  workPartitions: %d
                  replicationFactor: %d
                """.formatted(
                        prefix,
                        counts.telemetryPartitions(),
                        counts.decisionPartitions(),
                        counts.workPartitions(),
                        counts.replicationFactor());
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
