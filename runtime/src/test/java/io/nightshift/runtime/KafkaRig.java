package io.nightshift.runtime;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.AvroSerdes;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** A broker's topics for one test, each under a prefix of its own. */
public final class KafkaRig {

    /** What the serde of these topics refuses. */
    public static final String POISON = "poison";

    public final Topic<String, String> input;
    public final Topic<String, String> output;
    public final StageContext context;

    public KafkaRig(EmbeddedBroker broker, String prefix, int partitions, Path folder) {
        Map<String, String> security = new HashMap<>(broker.clientProperties());
        security.remove("bootstrap.servers");
        KafkaAccess kafka = new KafkaAccess(
                broker.bootstrapServers(), broker.clusterId(), security, prefix, folder.resolve("state"));
        Topics topics =
                new Topics(new TopicSettings(prefix, 1, 1, 1, (short) 1), new AvroSerdes(new InMemoryRegistry()));
        context = new StageContext(
                topics,
                kafka,
                EmptyConfig.INSTANCE,
                Inventory.empty(),
                new SimpleMeterRegistry(),
                folder,
                Clock.systemUTC());
        input = topic(prefix + "in", partitions);
        output = topic(prefix + "out", 1);
        create(input.name(), partitions);
        create(output.name(), 1);
        create(topics.deadLetters().name(), 1);
    }

    private static Topic<String, String> topic(String name, int partitions) {
        Serde<String> picky = Serdes.serdeFrom(Serdes.String().serializer(), (topic, bytes) -> {
            String text = bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
            if (POISON.equals(text)) {
                throw new SerializationException("this record is poison");
            }
            return text;
        });
        return new Topic<>(name, Serdes.String(), picky, partitions, 1 << 20, Map.of());
    }

    private void create(String name, int partitions) {
        try (Admin admin = Admin.create(context.kafka().client())) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes records without a transaction. */
    public void write(int partition, String... values) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(context.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(
                                input.name(), partition, null, value.getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Values of all committed records of the output, in order. */
    public List<String> results() {
        return committed(output.name(), 1).stream()
                .map(found -> new String(found.value(), StandardCharsets.UTF_8))
                .collect(Collectors.toList());
    }

    public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return committed(context.topics().deadLetters().name(), 1);
    }

    private List<ConsumerRecord<byte[], byte[]>> committed(String topic, int partitions) {
        Map<String, Object> properties = context.kafka().consumer("reader");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            return found;
        }
    }
}
