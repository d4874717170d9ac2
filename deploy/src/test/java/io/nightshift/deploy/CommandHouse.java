package io.nightshift.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.Connection;
import io.nightshift.deploy.home.Installation;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.embedded.registry.EmbeddedRegistry;
import io.nightshift.runtime.kafka.ClusterId;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An installation with a Kafka and a registry, whose topics hold what a test writes: for commands to talk to. */
final class CommandHouse implements AutoCloseable {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("registry.distribution"));

    private final Path folder;
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final Topics topics;
    private final KafkaAccess kafka;

    /** @param inventory file of the services that it knows, or null for none */
    CommandHouse(Path folder, Path inventory) {
        this.folder = folder;
        broker = EmbeddedBroker.ephemeral();
        registry = EmbeddedRegistry.start(
                new EmbeddedRegistry.Settings(DISTRIBUTION, folder.resolve("registry"), 0, broker.clientProperties()));
        registry.awaitReady(Duration.ofSeconds(60));
        String url = registry.url().toString();
        topics = new Topics(TopicSettings.embedded(), new AvroSerdes(ConfluentRegistry.at(url, Map.of())));
        Map<String, String> security = new HashMap<>(broker.clientProperties());
        security.remove("bootstrap.servers");
        kafka = ClusterId.access(
                broker.bootstrapServers(), security, "", installation().state());
        Provisioning.create(kafka, topics);
        new Connection(
                        broker.bootstrapServers(),
                        url,
                        "",
                        "",
                        "",
                        inventory == null ? "" : inventory.toString(),
                        ProcessHandle.current().pid(),
                        security)
                .write(installation().connectionFile());
    }

    Installation installation() {
        return Installation.open(folder);
    }

    Topics topics() {
        return topics;
    }

    KafkaAccess kafka() {
        return kafka;
    }

    /** Runs a command on it. */
    Told command(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--folder";
        all[arguments.length + 1] = folder.toString();
        return Told.by(all);
    }

    JsonNode json(String... arguments) throws IOException {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--json";
        return new ObjectMapper().readTree(command(all).out());
    }

    <T> void write(Topic<String, T> topic, String key, T value) throws Exception {
        byte[] bytes = topic.value().serializer().serialize(topic.name(), value);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, bytes)).get();
        }
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
