package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.detect.DetectStages;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.Tick;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both applications on a real broker with two partitions, over a restart in the middle of an incident. */
class DetectOnKafkaTest {

    private static final int PARTITIONS = 2;

    @TempDir
    Path folder;

    private final Topics topics = new Topics(
            new TopicSettings("t-", PARTITIONS, PARTITIONS, 1, (short) 1), new AvroSerdes(new InMemoryRegistry()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private StageContext context;
    private KafkaProducer<String, byte[]> producer;
    private long now = System.currentTimeMillis() * 1000 - 300 * House.SECOND;

    @Test
    void anIncidentAcrossPartitionsSurvivesARestartAndEnds() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.ephemeral()) {
            prepare(broker);
            Shop shop = new Shop(now - 600 * House.SECOND);
            live(shop, 60);
            shop.heapShare = 0.97;
            shop.collectorShare = 0.7;
            shop.inventoryFailures = 0.6;
            live(shop, 30);
            misplace(shop);
            List<Stage> first = start();
            awaitLiving(shop, DetectOnKafkaTest::isWholeStory);
            first.forEach(Stage::close);
            Incident paged = incidents().stream()
                    .filter(DetectOnKafkaTest::isWholeStory)
                    .findFirst()
                    .orElseThrow();
            assertThat(meters.counter("nightshift.detect", "what", "rerouted").count())
                    .isEqualTo(1);

            shop.heapShare = 0.3;
            shop.collectorShare = 0.01;
            shop.inventoryFailures = 0;
            live(shop, 20);
            List<Stage> second = start();
            awaitLiving(
                    shop,
                    incident -> incident.getPhase() == IncidentPhase.RESOLVED
                            && incident.getId().equals(paged.getId()));
            second.forEach(Stage::close);
        } finally {
            if (producer != null) {
                producer.close();
            }
        }
    }

    private void prepare(EmbeddedBroker broker) throws Exception {
        Map<String, String> security = new HashMap<>(broker.clientProperties());
        security.remove("bootstrap.servers");
        KafkaAccess kafka =
                new KafkaAccess(broker.bootstrapServers(), broker.clusterId(), security, "t-", folder.resolve("state"));
        context = new StageContext(
                topics, kafka, EmptyConfig.INSTANCE, Inventory.empty(), meters, folder, Clock.systemUTC());
        try (Admin admin = Admin.create(kafka.client())) {
            admin.createTopics(topics.all().stream()
                            .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1).configs(t.config()))
                            .toList())
                    .all()
                    .get();
        }
        // As plain producers do: topics were made a moment ago, and a retry of the very first batch may reorder.
        Map<String, Object> plain = new HashMap<>(kafka.client());
        plain.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        producer = new KafkaProducer<>(plain, new StringSerializer(), new ByteArraySerializer());
    }

    private List<Stage> start() {
        List<Stage> stages = DetectStages.of(context);
        stages.forEach(Stage::start);
        return stages;
    }

    private static boolean isWholeStory(Incident incident) {
        return incident.getPages()
                && incident.getServices().containsAll(List.of("demo/shop/orders", "demo/shop/inventory"));
    }

    /** The shop lives on, as it would, until an incident is as expected: correlate decides by ticks, which must go on. */
    private void awaitLiving(Shop shop, Predicate<Incident> expected) {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    live(shop, 1);
                    assertThat(incidents()).anyMatch(expected);
                });
    }

    private void live(Shop shop, int seconds) {
        for (int i = 0; i < seconds; i++) {
            for (SpanBatch batch : shop.spans(now + House.SECOND / 2)) {
                send(topics.spans(), ServiceKey.of(batch.getResource()).toString(), null, batch);
            }
            for (MetricBatch batch : shop.metrics(now + House.SECOND / 2)) {
                send(topics.metrics(), ServiceKey.of(batch.getResource()).toString(), null, batch);
            }
            now += House.SECOND;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(
                        topics.ticks(),
                        String.valueOf(partition),
                        partition,
                        new Tick(partition, now, now - House.SECOND, ""));
            }
        }
        producer.flush();
    }

    /** A producer with another partitioner writes where the key does not belong. */
    private void misplace(Shop shop) {
        MetricBatch batch = shop.metrics(now).get(0);
        String key = ServiceKey.of(batch.getResource()).toString();
        byte[] bytes = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        int right = org.apache.kafka.common.utils.Utils.toPositive(org.apache.kafka.common.utils.Utils.murmur2(bytes))
                % PARTITIONS;
        send(topics.metrics(), key, 1 - right, batch);
        producer.flush();
    }

    private <T> void send(Topic<String, T> topic, String key, Integer partition, T value) {
        byte[] bytes = topic.value().serializer().serialize(topic.name(), value);
        producer.send(new ProducerRecord<>(topic.name(), partition, now / 1000, key, bytes));
    }

    private List<Incident> incidents() {
        Topic<String, Incident> topic = topics.incidents();
        try (KafkaConsumer<String, Incident> consumer = new KafkaConsumer<>(
                context.kafka().consumer("reader"),
                new StringDeserializer(),
                topic.value().deserializer())) {
            List<TopicPartition> all =
                    List.of(new TopicPartition(topic.name(), 0), new TopicPartition(topic.name(), 1));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<Incident> found = new ArrayList<>();
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(record.value()));
            }
            return found;
        }
    }
}
