package io.nightshift.learn.topology;

import static io.nightshift.learn.Stories.after;
import static io.nightshift.learn.Stories.revoke;
import static io.nightshift.learn.topology.LearnHouse.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.learn.LearnStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, whatever happens to the processes: what is learned equals what one undisturbed process learns. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LearnOnKafkaTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final AtomicInteger NIGHTS = new AtomicInteger();
    private static EmbeddedBroker broker;

    @TempDir
    Path folder;

    private Topics topics;
    private Map<String, String> client;
    private String prefix;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.ephemeral();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        prefix = "night-" + NIGHTS.incrementAndGet() + "-";
        client = new HashMap<>(broker.clientProperties());
        client.remove("bootstrap.servers");
        topics = new Topics(new TopicSettings(prefix, 2, 3, 2, (short) 1), LearnHouse.SERDES);
        Provisioning.create(kafka("provisioning"), topics);
        Path trusted = Files.createDirectories(folder.resolve("remediate/trusted"));
        Files.writeString(trusted.resolve("alice.pub"), ALICE.publicPem());
    }

    @Test
    void aRestartLeavesWhatWasLearned() {
        List<SpecificRecord> night = UnlearnTest.interleaved(1);
        int half = night.size() / 2;
        try (Stage first = learn("one")) {
            tell(night.subList(0, half));
            await().atMost(LIMIT).until(() -> learned().equals(undisturbed(night.subList(0, half), "half")));
            assertThat(first.health().isRunning()).isTrue();
        }
        tell(night.subList(half, night.size()));
        try (Stage second = learn("one")) {
            awaitLearned(night);
            assertThat(second.health().isRunning()).isTrue();
        }
    }

    @Test
    void aDeletedStateStoreLeavesWhatWasLearnedAndCanStillBeUnlearned() throws IOException {
        List<SpecificRecord> night = new ArrayList<>(UnlearnTest.interleaved(2));
        try (Stage first = learn("one")) {
            tell(night);
            awaitLearned(night);
            assertThat(first.health().isRunning()).isTrue();
        }
        delete(folder.resolve("one"));
        ControlRecord revoked = revoke(ALICE, "inc-3", after(9_000));
        night.add(revoked);
        tell(List.of(revoked));
        try (Stage second = learn("one")) {
            awaitLearned(night);
            assertThat(second.health().isRunning()).isTrue();
        }
    }

    @Test
    void twoProcessesShareTheWorkAndOneAloneTakesItOver() {
        List<SpecificRecord> night = UnlearnTest.interleaved(3);
        int third = night.size() / 3;
        Stage one = learn("one");
        try (Stage two = learn("two")) {
            await().atMost(LIMIT)
                    .until(() -> one.health().isRunning() && two.health().isRunning());
            tell(night.subList(0, third));
            await().atMost(LIMIT).until(() -> holdsStores("one") && holdsStores("two"));
            tell(night.subList(third, 2 * third));
            one.close();
            tell(night.subList(2 * third, night.size()));
            awaitLearned(night);
        } finally {
            one.close();
        }
    }

    private boolean holdsStores(String process) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(process))) {
            return files.anyMatch(file -> file.endsWith("rocksdb"));
        }
    }

    private void awaitLearned(List<SpecificRecord> night) {
        Map<String, String> expected = undisturbed(night, "all");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(learned()).isEqualTo(expected));
    }

    /** What one process learns that nothing happens to. */
    private Map<String, String> undisturbed(List<SpecificRecord> night, String name) {
        try (LearnHouse house = new LearnHouse(folder.resolve(name))) {
            house.tell(night);
            return house.bytes();
        }
    }

    private Stage learn(String process) {
        StageContext context = new StageContext(
                topics,
                kafka(process),
                EmptyConfig.INSTANCE,
                Inventory.empty(),
                new SimpleMeterRegistry(),
                folder.resolve("learn-" + process), // each its own: the instance id is kept there
                Clock.systemUTC());
        Stage stage = LearnStages.of(context).get(0);
        stage.start();
        return stage;
    }

    private KafkaAccess kafka(String process) {
        return new KafkaAccess(broker.bootstrapServers(), broker.clusterId(), client, prefix, folder.resolve(process));
    }

    private void tell(List<SpecificRecord> records) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka("teller").producer(), new StringSerializer(), new ByteArraySerializer())) {
            records.forEach(record -> send(producer, record));
        }
    }

    private void send(KafkaProducer<String, byte[]> producer, SpecificRecord record) {
        if (record instanceof ActionEvent event) {
            send(producer, topics.actions(), event.getIncidentId(), event);
        } else if (record instanceof Incident incident) {
            send(producer, topics.incidents(), incident.getId(), incident);
        } else if (record instanceof Investigation investigation) {
            send(producer, topics.investigations(), investigation.getIncidentId(), investigation);
        } else if (record instanceof ControlRecord control) {
            send(producer, topics.controls(), control.getSubject(), control);
        } else {
            throw new IllegalArgumentException("a night tells of no " + record.getClass());
        }
    }

    private static <T> void send(KafkaProducer<String, byte[]> producer, Topic<String, T> topic, String key, T value) {
        producer.send(new ProducerRecord<>(
                topic.name(), key, topic.value().serializer().serialize(topic.name(), value)));
    }

    /** What the three topics hold now, the last value of each key, byte for byte. */
    private Map<String, String> learned() {
        Map<String, String> learned = new TreeMap<>();
        for (String name : List.of("lessons", "trust", "preventions")) {
            last(prefix + name).forEach((key, value) -> learned.put(name + " " + key, value));
        }
        return learned;
    }

    private Map<String, String> last(String topic) {
        Map<String, Object> properties = kafka("reader").consumer("reader");
        Map<String, String> last = new TreeMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (record.value() == null) {
                        last.remove(record.key());
                    } else {
                        last.put(record.key(), HexFormat.of().formatHex(record.value()));
                    }
                });
            }
        }
        return last;
    }

    private static void delete(Path state) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
