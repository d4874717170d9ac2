package io.nightshift.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.ingest.http.Endpoint;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The front doors on free loopback ports, with a producer that keeps what it is given. */
public final class Doors implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-03-01T03:00:00Z");
    public static final long NOW_MICROS = NOW.getEpochSecond() * 1_000_000;

    public final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final MockProducer<byte[], byte[]> producer;
    public final DoorStage stage;
    private final HttpClient client = HttpClient.newHttpClient();

    private Doors(boolean acknowledgeAtOnce, IngestSettings settings) {
        producer = new MockProducer<>(acknowledgeAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
        StageContext context = new StageContext(
                topics,
                new KafkaAccess("localhost:1", "test", Map.of(), "", Path.of("unused")),
                EmptyConfig.INSTANCE,
                Inventory.empty(),
                meters,
                Path.of("unused"),
                Clock.fixed(NOW, ZoneOffset.UTC));
        stage = new DoorStage(settings, context, () -> producer);
        stage.start();
    }

    public static Doors open() {
        return new Doors(true, TestSettings.defaults());
    }

    static Doors on(Endpoint grpc, Endpoint http) {
        return new Doors(true, TestSettings.on(grpc, http, 64, 1_000_000));
    }

    public static Doors withUnhurriedKafka(IngestSettings settings) {
        return new Doors(false, settings);
    }

    public HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.httpPort() + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was sent to this topic, decoded. */
    public <V> List<V> sent(Topic<String, V> topic) {
        return records(topic.name()).stream()
                .map(record -> topic.value().deserializer().deserialize(topic.name(), record.value()))
                .toList();
    }

    public List<ProducerRecord<byte[], byte[]>> records(String topic) {
        return producer.history().stream()
                .filter(record -> record.topic().equals(topic))
                .toList();
    }

    /** Items on this account over all doors and reasons. */
    public double account(String what) {
        return meters.find("nightshift.ingest." + what).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() {
        stage.close();
    }
}
