package io.nightshift.detect.topology;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.detect.DetectStages;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.Resource;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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
import org.apache.kafka.common.utils.Utils;

/** Both applications of detect on a real broker, with a shop that lives faster than the clock. */
final class HouseOnKafka implements AutoCloseable {

    static final int PARTITIONS = 2;

    final Topics topics = new Topics(
            new TopicSettings("t-", PARTITIONS, PARTITIONS, 1, (short) 1), new AvroSerdes(new InMemoryRegistry()));
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    long now = System.currentTimeMillis() * 1000 - 600 * House.SECOND;
    private final EmbeddedBroker broker = EmbeddedBroker.ephemeral();
    private final StageContext context;
    private final KafkaProducer<String, byte[]> producer;

    /** @param folder the installation's; detect trusts the keys in stages/remediate/trusted */
    HouseOnKafka(Path folder) throws Exception {
        Map<String, String> security = new HashMap<>(broker.clientProperties());
        security.remove("bootstrap.servers");
        KafkaAccess kafka =
                new KafkaAccess(broker.bootstrapServers(), broker.clusterId(), security, "t-", folder.resolve("state"));
        context = new StageContext(
                topics,
                kafka,
                EmptyConfig.INSTANCE,
                Inventory.empty(),
                meters,
                folder.resolve("stages/detect"),
                Clock.systemUTC());
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

    List<Stage> start() {
        List<Stage> stages = DetectStages.of(context);
        stages.forEach(Stage::start);
        return stages;
    }

    void live(Shop shop, int seconds) {
        live(shop, seconds, service -> true);
    }

    /** The shop lives; of it only these services are heard. Ticks go to every partition. */
    void live(Shop shop, int seconds, Predicate<ServiceKey> heard) {
        for (int i = 0; i < seconds; i++) {
            for (SpanBatch batch : shop.spans(now + House.SECOND / 2)) {
                send(topics.spans(), batch.getResource(), batch, heard);
            }
            for (MetricBatch batch : shop.metrics(now + House.SECOND / 2)) {
                send(topics.metrics(), batch.getResource(), batch, heard);
            }
            now += House.SECOND;
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(
                        topics.ticks(),
                        String.valueOf(partition),
                        partition,
                        new Tick(partition, now, now - House.SECOND, "ingest-1"));
            }
        }
        producer.flush();
    }

    /** The shop lives on, as it would, until what is expected is there: time goes by ticks, which must go on. */
    void liveUntil(Shop shop, Predicate<ServiceKey> heard, Callable<Boolean> expected) {
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    live(shop, 3, heard);
                    return expected.call();
                });
    }

    private <T> void send(Topic<String, T> topic, Resource sender, T value, Predicate<ServiceKey> heard) {
        ServiceKey key = ServiceKey.of(sender);
        if (heard.test(key)) {
            send(topic, key.toString(), null, value);
        }
    }

    <T> void send(Topic<String, T> topic, String key, Integer partition, T value) {
        byte[] bytes = topic.value().serializer().serialize(topic.name(), value);
        producer.send(new ProducerRecord<>(topic.name(), partition, now / 1000, key, bytes));
        producer.flush();
    }

    static int partitionOf(ServiceKey service) {
        byte[] bytes = service.toString().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(bytes)) % PARTITIONS;
    }

    /** Everything committed that stands in the topic now. */
    <T> List<T> read(Topic<String, T> topic) {
        try (KafkaConsumer<String, T> consumer = new KafkaConsumer<>(
                context.kafka().consumer("reader"),
                new StringDeserializer(),
                topic.value().deserializer())) {
            List<TopicPartition> all = IntStream.range(0, topic.partitions())
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<T> found = new ArrayList<>();
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(record.value()));
            }
            return found;
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        broker.close();
    }
}
