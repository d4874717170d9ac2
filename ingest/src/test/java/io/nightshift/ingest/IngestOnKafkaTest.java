package io.nightshift.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.LogBatch;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.Tick;
import io.nightshift.ingest.publish.IngestProducer;
import io.nightshift.ingest.ticks.TickStage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.StageHealth;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real OTLP over real sockets into a real broker, read back with the serdes that every stage uses. */
class IngestOnKafkaTest {
    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));

    private EmbeddedBroker broker;
    private KafkaAccess kafka;
    private DoorStage doors;
    private TickStage ticks;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.ephemeral();
        Map<String, String> security = new HashMap<>(broker.clientProperties());
        security.remove("bootstrap.servers");
        kafka = new KafkaAccess(broker.bootstrapServers(), broker.clusterId(), security, "", Path.of("unused"));
        try (Admin admin = Admin.create(kafka.client())) {
            List<NewTopic> wanted = new ArrayList<>();
            for (Topic<?, ?> topic : List.of(
                    topics.metrics(),
                    topics.logs(),
                    topics.spans(),
                    topics.changes(),
                    topics.alerts(),
                    topics.ticks(),
                    topics.deadLetters())) {
                wanted.add(new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config()));
            }
            admin.createTopics(wanted).all().get();
        }
        IngestSettings settings = TestSettings.defaults();
        StageContext context = new StageContext(
                topics,
                kafka,
                EmptyConfig.INSTANCE,
                Inventory.empty(),
                new SimpleMeterRegistry(),
                Path.of("unused"),
                Clock.systemUTC());
        doors = new DoorStage(
                settings, context, () -> IngestProducer.open(kafka, "ingest", Duration.ofSeconds(5), 64 << 20));
        ticks = new TickStage(
                topics.ticks(),
                Clock.systemUTC(),
                Duration.ofSeconds(5),
                () -> IngestProducer.open(kafka, "ticks", Duration.ofSeconds(2), 1 << 20));
        doors.start();
        ticks.start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", doors.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        ticks.close();
        doors.close();
        broker.close();
    }

    private HttpResponse<String> postMetrics(long micros) throws Exception {
        byte[] body = Otlp.metrics(Otlp.gauge("jvm.memory.used", Otlp.point(7, micros)))
                .toByteArray();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + doors.httpPort() + "/v1/metrics"))
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whatIsAcknowledgedIsInKafkaAndWithoutKafkaNothingIs() throws Exception {
        long now = Instant.now().toEpochMilli() * 1000;

        assertThat(postMetrics(now).statusCode()).isEqualTo(200);
        LogsServiceGrpc.newBlockingStub(channel).export(Otlp.logs(Otlp.line("out of memory", now)));

        ConsumerRecord<String, MetricBatch> metrics = read(topics.metrics(), 1).get(0);
        assertThat(metrics.key()).isEqualTo("demo/shop/inventory");
        assertThat(metrics.timestamp()).isEqualTo(now / 1000);
        assertThat(metrics.value().getSeries().get(0).getValues()).containsExactly(7.0);
        ConsumerRecord<String, LogBatch> logs = read(topics.logs(), 1).get(0);
        assertThat(logs.value().getLines().get(0).getBody()).isEqualTo("out of memory");
        assertThat(logs.partition()).isEqualTo(metrics.partition());
        assertThat(doors.health().state()).isEqualTo(StageHealth.State.RUNNING);

        List<ConsumerRecord<String, Tick>> beats =
                read(topics.ticks(), 2 * topics.ticks().partitions());
        assertThat(beats).allSatisfy(beat -> {
            assertThat(beat.key()).isEqualTo(Integer.toString(beat.partition()));
            assertThat(beat.value().getPartition()).isEqualTo(beat.partition());
            assertThat(beat.value().getWatermarkMicros()).isEqualTo(beat.value().getAtMicros() - 5_000_000);
        });
        assertThat(beats).extracting(ConsumerRecord::partition).contains(0, 1, 2, 3);

        broker.close();

        HttpResponse<String> refused = postMetrics(now);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("2");
        StatusRuntimeException unavailable =
                catchThrowableOfType(StatusRuntimeException.class, () -> LogsServiceGrpc.newBlockingStub(channel)
                        .export(Otlp.logs(Otlp.line("x", now))));
        assertThat(unavailable.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(doors.health().state()).isEqualTo(StageHealth.State.DEGRADED);
    }

    private <V> List<ConsumerRecord<String, V>> read(Topic<String, V> topic, int count) {
        List<TopicPartition> partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        List<ConsumerRecord<String, V>> found = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(
                kafka.consumer("reader"),
                topic.key().deserializer(),
                topic.value().deserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Instant deadline = Instant.now().plusSeconds(20);
            while (found.size() < count && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(count);
        return found;
    }
}
