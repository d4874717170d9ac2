package io.nightshift.bench.chaos;

import io.nightshift.deploy.cli.Home;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Kafka and a registry that outlive every fault; each trial has topics of its own on them. */
final class Ground implements AutoCloseable {

    private static final Duration REGISTRY_START = Duration.ofSeconds(120);
    private static final Duration FIRST_REPAIR = Duration.ofMinutes(5);
    /** As short as the broker lets it be, so that a killed member is missed soon. */
    private static final String SESSION_MILLIS = "6000";

    private final Path folder;
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private List<String> jvmOptions = List.of();

    Ground(Path folder) {
        this.folder = folder;
        broker = EmbeddedBroker.ephemeral();
        registry = EmbeddedRegistry.start(new EmbeddedRegistry.Settings(
                Home.registryDistribution(), folder.resolve("registry"), 0, broker.clientProperties()));
        registry.awaitReady(REGISTRY_START);
    }

    /** Loopback ports that a member needs. */
    List<Integer> ports() {
        return List.of(broker.port(), registry.url().getPort());
    }

    /** Options of every member's JVM. */
    List<String> jvmOptions() {
        return jvmOptions;
    }

    /**
     * Has a member do a repair and keep an archive of the classes that it loaded (JEP 350): a start from it takes half of the
     * time, and members start often. Without effect where the class path has folders in it.
     */
    void warmUp() throws IOException, InterruptedException {
        Path archive = folder.resolve("classes.jsa");
        jvmOptions = List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        try (Trial trial = new Trial(this, folder, Trial.Shape.of(1, 1, true))) {
            trial.member().start();
            trial.openAll(1);
            if (!trial.rehearsal().awaitOver(FIRST_REPAIR)) {
                throw new IllegalStateException("the first repair, without any fault, did not end within "
                        + FIRST_REPAIR.toSeconds() + " s: see " + trial.folder());
            }
        }
        jvmOptions = Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    KafkaAccess kafka(String prefix) {
        return ClusterId.access(broker.bootstrapServers(), broker.clientProperties(), prefix, folder.resolve("state"));
    }

    Topics topics(String prefix) {
        return new Topics(
                counts(prefix),
                new AvroSerdes(ConfluentRegistry.at(registry.url().toString(), Map.of())));
    }

    void provision(String prefix) {
        Provisioning.create(kafka(prefix), topics(prefix));
    }

    /** The sections of a configuration that name this platform. */
    String sections(String prefix) {
        TopicSettings counts = counts(prefix);
        return "kafka:\n  bootstrapServers: \"" + broker.bootstrapServers() + "\"\n  properties:\n"
                + "    session.timeout.ms: '" + SESSION_MILLIS + "'\n"
                + broker.clientProperties().entrySet().stream()
                        .filter(entry -> !entry.getKey().equals("bootstrap.servers"))
                        .map(entry -> "    " + entry.getKey() + ": '"
                                + entry.getValue().replace("'", "''") + "'\n")
                        .collect(Collectors.joining())
                + "registry: {url: \"" + registry.url() + "\"}\n"
                + """
                topics: {prefix: "%s", telemetryPartitions: %d, decisionPartitions: %d, workPartitions: %d, replicationFactor: 1}
                """.formatted(
                        prefix, counts.telemetryPartitions(), counts.decisionPartitions(), counts.workPartitions());
    }

    private static TopicSettings counts(String prefix) {
        return new TopicSettings(prefix, 1, 2, 12, (short) 1);
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
