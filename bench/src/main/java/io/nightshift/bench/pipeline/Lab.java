package io.nightshift.bench.pipeline;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.deploy.cli.Home;
import io.nightshift.detect.DetectStages;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.embedded.registry.EmbeddedRegistry;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.runtime.stream.StreamStage;
import io.nightshift.runtime.stream.Streams;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import io.nightshift.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.Topology;

/** A broker of its own in a temporary folder, with Nightshift's topics, and stages on it as in production. Topics have no prefix. */
final class Lab implements AutoCloseable {

    private static final long CAP_BYTES = 200L << 30;
    private static final int PATIENCE_MILLIS = 600_000;
    private static final Duration REGISTRY_START = Duration.ofSeconds(120);

    private final Path folder;
    private final EmbeddedBroker broker;
    /** Null while only this process needs schemas. */
    private final EmbeddedRegistry registry;

    private final Topics topics;
    private final Admin admin;

    /** @param isShared whether other processes read and write on it too */
    Lab(int partitions, boolean isShared) throws IOException {
        folder = Files.createTempDirectory("nightshift-bench");
        broker = EmbeddedBroker.start(
                EmbeddedBroker.Settings.in(folder.resolve("broker")).withPort(0).withCapBytes(CAP_BYTES));
        registry = isShared
                ? EmbeddedRegistry.start(new EmbeddedRegistry.Settings(
                        Home.registryDistribution(), folder.resolve("registry"), 0, broker.clientProperties()))
                : null;
        topics = new Topics(new TopicSettings("", partitions, 2, partitions, (short) 1), new AvroSerdes(schemas()));
        Provisioning.create(access("provisioning"), topics);
        Map<String, Object> patient = access("admin").client();
        patient.put(
                "default.api.timeout.ms",
                PATIENCE_MILLIS); // what loads the machine to its limit must not end the bench
        admin = Admin.create(patient);
    }

    private SchemaRegistry schemas() {
        if (registry == null) {
            return new LocalRegistry();
        }
        registry.awaitReady(REGISTRY_START);
        return ConfluentRegistry.at(registry.url().toString(), Map.of());
    }

    Topics topics() {
        return topics;
    }

    Path folder() {
        return folder;
    }

    /** Writes the configuration of a process that works on this broker and registry. */
    Path configuration() throws IOException {
        StringBuilder yaml = new StringBuilder("kafka:\n  bootstrapServers: \"" + broker.bootstrapServers() + "\"\n");
        yaml.append("  properties:\n");
        broker.clientProperties().forEach((name, value) -> {
            if (!name.equals("bootstrap.servers")) {
                yaml.append("    ").append(name).append(": '").append(value.replace("'", "''"));
                yaml.append("'\n");
            }
        });
        yaml.append("registry: {url: \"").append(registry.url()).append("\"}\n");
        TopicSettings counts = topics.settings();
        yaml.append("topics: {prefix: \"\", telemetryPartitions: ").append(counts.telemetryPartitions());
        yaml.append(", decisionPartitions: ").append(counts.decisionPartitions());
        yaml.append(", workPartitions: ").append(counts.workPartitions());
        yaml.append(", replicationFactor: 1}\n");
        return Files.writeString(folder.resolve("nightshift.yaml"), yaml);
    }

    Admin admin() {
        return admin;
    }

    /** Access whose groups and stores are those of one run. */
    KafkaAccess access(String run) {
        return new KafkaAccess(
                broker.bootstrapServers(),
                broker.clusterId(),
                broker.clientProperties(),
                run + "-",
                folder.resolve("state"));
    }

    /** The stage detect with the configuration that it has when nobody configures anything. */
    Stage detect(String run) {
        Stage detect = null;
        for (Stage stage : DetectStages.of(context(run))) {
            if (stage.name().equals("detect")) {
                detect = stage;
            } else {
                stage.close(); // it holds its folder from the moment it is made
            }
        }
        return Objects.requireNonNull(detect, "the stage detect");
    }

    /** Another topology under the same Streams configuration. */
    Stage stage(String run, Function<Properties, Topology> topology) {
        StageContext context = context(run);
        Properties properties = Streams.properties(context, "detect");
        return new StreamStage("detect", topology.apply(properties), properties, context.meters());
    }

    private StageContext context(String run) {
        return new StageContext(
                topics,
                access(run),
                EmptyConfig.INSTANCE,
                Inventory.empty(),
                new SimpleMeterRegistry(),
                folder.resolve(run),
                Clock.systemUTC());
    }

    /** Deletes the stores of a run: what is left of it is what its changelogs hold, as after a crash. */
    void forgetStores(String run) throws IOException {
        delete(folder.resolve("state").resolve(run + "-detect"));
    }

    /** Bytes of the stores of a run on disk. */
    long storeBytes(String run) throws IOException {
        Path stores = folder.resolve("state").resolve(run + "-detect");
        try (Stream<Path> files = Files.walk(stores)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        admin.close();
        if (registry != null) {
            registry.close();
        }
        broker.close();
        delete(folder);
    }
}
