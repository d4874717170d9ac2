package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Execution;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.ProbeRequest;
import io.nightshift.events.Trust;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of one test on a shared broker: write to them, read them back as a committed reader would. */
final class Night implements AutoCloseable {

    /** How an executor's run ends. */
    private static final Set<ActionStatus> ENDS =
            EnumSet.of(ActionStatus.SUCCEEDED, ActionStatus.FAILED, ActionStatus.ROLLED_BACK);

    private static EmbeddedBroker broker;
    private static final AvroSerdes SERDES = new AvroSerdes(registry());

    final Topics topics;
    final KafkaAccess kafka;
    private final Path folder;
    private final KafkaProducer<byte[], byte[]> producer;
    private int heard;

    /** On the broker of this process, which is started for the first night. */
    Night(String prefix, Path folder) {
        this(prefix, folder, broker().clusterId(), broker().clientProperties());
        Provisioning.create(kafka, topics);
    }

    /** On a broker of another process. */
    Night(String prefix, Path folder, String clusterId, Map<String, String> client) {
        this.folder = folder;
        topics = new Topics(new TopicSettings(prefix, 2, 2, 2, (short) 1), SERDES);
        kafka = new KafkaAccess(client.get("bootstrap.servers"), clusterId, client, prefix, folder.resolve("streams"));
        producer = new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static synchronized EmbeddedBroker broker() {
        if (broker == null) {
            broker = EmbeddedBroker.ephemeral();
        }
        return broker;
    }

    /** The same ids in each process: the types are told in the same order. */
    private static InMemoryRegistry registry() {
        InMemoryRegistry registry = new InMemoryRegistry();
        List.of(
                        Execution.getClassSchema(),
                        JournalEntry.getClassSchema(),
                        ActionEvent.getClassSchema(),
                        HaltRecord.getClassSchema(),
                        ControlRecord.getClassSchema(),
                        Incident.getClassSchema(),
                        Investigation.getClassSchema(),
                        ActionState.getClassSchema(),
                        ProbeRequest.getClassSchema(),
                        Trust.getClassSchema())
                .forEach(schema -> registry.idOf("any", schema));
        return registry;
    }

    StageContext context(Inventory inventory, String yaml) throws IOException {
        Path config = Files.writeString(Files.createDirectories(folder).resolve("remediate.yaml"), yaml);
        return new StageContext(
                topics,
                kafka,
                ConfigFile.read(config),
                inventory,
                new SimpleMeterRegistry(),
                folder.resolve("stage"),
                Clock.systemUTC());
    }

    <V> long send(Topic<String, V> topic, Integer partition, String key, V value) {
        try {
            return producer.send(new ProducerRecord<>(
                            topic.name(),
                            partition,
                            topic.key().serializer().serialize(topic.name(), key),
                            topic.value().serializer().serialize(topic.name(), value)))
                    .get()
                    .offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All committed records of a topic. */
    <V> List<V> read(Topic<String, V> topic) {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.put("isolation.level", "read_committed");
        List<V> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record ->
                                values.add(topic.value().deserializer().deserialize(topic.name(), record.value())));
            }
        }
        return values;
    }

    List<ActionStatus> statuses() {
        return read(topics.actions()).stream().map(ActionEvent::getStatus).toList();
    }

    /**
     * The last event of the actions topic, once one of this status is there that was not awaited before. A run that ends
     * otherwise fails at once: what it did not say by then it will never say.
     */
    ActionEvent awaitLast(ActionStatus status) {
        await().atMost(Duration.ofSeconds(60))
                .failFast(() -> assertThat(statuses().stream().skip(heard).filter(ENDS::contains))
                        .as("how it ended, awaiting " + status)
                        .allMatch(status::equals))
                .until(() -> statuses().stream().skip(heard).anyMatch(status::equals));
        List<ActionEvent> events = read(topics.actions());
        heard = events.size();
        return events.get(heard - 1);
    }

    KafkaProducer<byte[], byte[]> transactional(String id) {
        Map<String, Object> properties = kafka.producer();
        properties.put("transactional.id", id);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
