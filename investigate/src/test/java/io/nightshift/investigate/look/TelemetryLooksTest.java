package io.nightshift.investigate.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.Resource;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.ServiceRollup;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;
import io.nightshift.investigate.evidence.KafkaSeek;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TelemetryLooksTest {

    private static final String CART = "demo/shop/cart";
    private static final String STORE = "demo/shop/store";
    private static final Instant AT = Looking.NOW.minusSeconds(60);
    private static final Resource RESOURCE = new Resource("demo", "shop", "cart", "cart-1", "1.2", null, Map.of());

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaAccess kafka;
    private static Topics topics;

    @BeforeAll
    static void fill() {
        broker = EmbeddedBroker.ephemeral();
        kafka = new KafkaAccess(
                broker.bootstrapServers(), broker.clusterId(), broker.clientProperties(), "", folder.resolve("state"));
        topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
        Provisioning.create(kafka, topics);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            send(producer, topics.metrics(), CART, metrics());
            send(producer, topics.logs(), CART, logs());
            send(producer, topics.spans(), CART, spans());
            send(producer, topics.changes(), CART, change());
            send(producer, topics.rollups(), CART, minute());
            send(producer, topics.topology(), "cart", edge(null, null, 60));
            send(producer, topics.topology(), "cart>store", edge(STORE, null, 60));
            // The same interval again, ended: the last record of a key counts.
            send(producer, topics.topology(), "cart>store", edge(STORE, AT.minusSeconds(30), 60));
            send(producer, topics.topology(), "cart>pay", edge("demo/shop/pay", null, 0));
            producer.flush();
        }
    }

    @AfterAll
    static void close() {
        broker.close();
    }

    private static TelemetryLooks looks(long bytes) {
        return new TelemetryLooks(
                topics, time -> new KafkaSeek(consumer(), time, bytes), Duration.ofSeconds(20), Looking.CLOCK);
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(kafka.client(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Seen look(String tool, Map<String, String> arguments) throws LookException {
        return Looking.at(looks(1 << 20), tool, arguments);
    }

    @Test
    void metrics_show_how_they_developed_within_the_time_those_that_moved_most_first() throws LookException {
        assertThat(look("telemetry_metrics", Map.of("service", CART)).lines())
                .containsExactly(
                        "heap.used{pool=old} of cart-1: from 2026-03-01T03:14:00Z to 2026-03-01T03:14:02Z: 10.00 55.00"
                                + " 90.00",
                        "threads{} of cart-1: 7.00000 at 2026-03-01T03:14:00Z");
        assertThat(look("telemetry_metrics", Map.of("service", CART, "match", "threads"))
                        .lines())
                .hasSize(1);
    }

    @Test
    void logs_are_templates_with_counts_or_the_lines_that_hold_a_text() throws LookException {
        assertThat(look("telemetry_logs", Map.of("service", CART)).lines())
                .containsExactly(
                        "2 times, severity 17, last 2026-03-01T03:14:01Z: «order * failed»",
                        "1 times, severity 9, last 2026-03-01T03:14:02Z: «all well»");
        assertThat(look("telemetry_logs", Map.of("service", CART, "match", "order 17"))
                        .lines())
                .containsExactly("2026-03-01T03:14:00Z severity 17 cart-1 order 17 failed");
    }

    @Test
    void spans_changes_and_minutes_are_shown() throws LookException {
        assertThat(look("telemetry_spans", Map.of("service", CART)).lines())
                .containsExactly(
                        "2026-03-01T03:14:00Z cart-1 CLIENT SELECT 3.0 ms ERROR refused to db:5432 in trace ab",
                        "2026-03-01T03:14:00Z cart-1 SERVER GET /cart 900.0 ms OK in trace ab");
        assertThat(look("telemetry_changes", Map.of("service", CART)).lines())
                .containsExactly("2026-03-01T03:14:00Z DEPLOYMENT to 1.2 from 1.1 by pipeline: rolled out");
        assertThat(look("telemetry_minutes", Map.of("service", CART)).lines())
                .containsExactly("2026-03-01T03:14:00Z 1 anomalies open; served 100, 7 failed, p95 950 ms; calls to "
                        + STORE + " 90, 6 failed, p95 900 ms");
    }

    @Test
    void the_graph_is_that_of_the_moment() throws LookException {
        assertThat(look(
                                "telemetry_graph",
                                Map.of(
                                        "service",
                                        CART,
                                        "time",
                                        AT.minusSeconds(45).toString()))
                        .lines())
                .anyMatch(line -> line.startsWith("demo/shop/cart calls demo/shop/store since"))
                .noneMatch(line -> line.contains("demo/shop/pay"));
        assertThat(look("telemetry_graph", Map.of("service", CART)).lines())
                .anyMatch(line -> line.startsWith("demo/shop/cart there since"))
                .anyMatch(line -> line.startsWith("demo/shop/cart calls demo/shop/pay since"))
                .noneMatch(line -> line.contains("demo/shop/store"));
        assertThat(look("telemetry_graph", Map.of("service", "demo/shop/pay")).lines())
                .singleElement()
                .asString()
                .startsWith("demo/shop/cart calls demo/shop/pay");
    }

    @Test
    void what_nobody_saw_for_long_is_held_to_have_gone() throws LookException {
        Instant later = AT.plus(Duration.ofMinutes(31));

        assertThat(look("telemetry_graph", Map.of("service", CART, "time", later.toString()))
                        .lines())
                .isEmpty();
    }

    @Test
    void another_time_or_service_shows_nothing() throws LookException {
        assertThat(look("telemetry_logs", Map.of("service", "demo/shop/other")).lines())
                .isEmpty();
        assertThat(look(
                                "telemetry_logs",
                                Map.of("service", CART, "from", "2026-02-28T00:00:00Z", "to", "2026-02-28T01:00:00Z"))
                        .lines())
                .isEmpty();
    }

    @Test
    void beyond_its_bytes_a_look_says_what_it_left_unread() throws LookException {
        assertThat(Looking.at(looks(0), "telemetry_logs", Map.of("service", CART))
                        .truncated())
                .contains("no time or bytes left");
    }

    @Test
    void a_service_that_is_none_and_a_time_too_long_are_refused() {
        assertThat(Looking.refusal(looks(1), "telemetry_logs", Map.of("service", "cart")))
                .contains("environment/namespace/service");
        assertThat(Looking.refusal(
                        looks(1),
                        "telemetry_logs",
                        Map.of("service", CART, "from", "2026-02-01T00:00:00Z", "to", "2026-03-01T00:00:00Z")))
                .contains("longer than 6 hours");
    }

    @Test
    void a_check_reads_the_graph() throws LookException {
        assertThat(looks(1 << 20).check(Duration.ofSeconds(20)))
                .isEqualTo("reads the topics; the service graph has 3 entries");
    }

    private static long micros(int second) {
        return AT.plusSeconds(second).toEpochMilli() * 1000;
    }

    private static MetricBatch metrics() {
        return MetricBatch.newBuilder()
                .setResource(RESOURCE)
                .setSeries(List.of(
                        MetricSeries.newBuilder()
                                .setName("threads")
                                .setKind(MetricKind.GAUGE)
                                .setTimesMicros(List.of(micros(0), micros(-86_400)))
                                .setValues(List.of(7.0, 1.0))
                                .build(),
                        MetricSeries.newBuilder()
                                .setName("heap.used")
                                .setKind(MetricKind.GAUGE)
                                .setAttributes(Map.of("pool", "old"))
                                .setTimesMicros(List.of(micros(0), micros(1), micros(2)))
                                .setValues(List.of(10.0, 55.0, 90.0))
                                .build()))
                .build();
    }

    private static LogBatch logs() {
        return LogBatch.newBuilder()
                .setResource(RESOURCE)
                .setLines(
                        List.of(line(0, 17, "order 17 failed"), line(1, 17, "order 18 failed"), line(2, 9, "all well")))
                .build();
    }

    private static LogLine line(int second, int severity, String body) {
        return LogLine.newBuilder()
                .setTimeMicros(micros(second))
                .setSeverity(severity)
                .setBody(body)
                .build();
    }

    private static SpanBatch spans() {
        return SpanBatch.newBuilder()
                .setResource(RESOURCE)
                .setSpans(List.of(
                        span("GET /cart", SpanKind.SERVER, 900_000, SpanStatus.OK, "", null),
                        span("SELECT", SpanKind.CLIENT, 3_000, SpanStatus.ERROR, "refused", "db:5432")))
                .build();
    }

    private static Span span(String name, SpanKind kind, long micros, SpanStatus status, String message, String peer) {
        return Span.newBuilder()
                .setTraceId("ab")
                .setSpanId(name)
                .setName(name)
                .setKind(kind)
                .setStartMicros(micros(0))
                .setDurationMicros(micros)
                .setStatus(status)
                .setStatusMessage(message)
                .setPeerAddress(peer)
                .build();
    }

    private static ChangeEvent change() {
        return ChangeEvent.newBuilder()
                .setId("c1")
                .setSource("pipeline")
                .setService(entity(null))
                .setKind(ChangeKind.DEPLOYMENT)
                .setTimeMicros(micros(0))
                .setVersion("1.2")
                .setPreviousVersion("1.1")
                .setActor("pipeline")
                .setSummary("rolled out")
                .build();
    }

    private static ServiceRollup minute() {
        return ServiceRollup.newBuilder()
                .setService(entity(null))
                .setMinute(AT)
                .setCalls(List.of(
                        new RollupCalls(null, null, 100L, 7L, 20.0, 950.0, 990.0),
                        new RollupCalls(null, STORE, 90L, 6L, 20.0, 900.0, 990.0),
                        new RollupCalls("cart-1", null, 100L, 7L, 20.0, 950.0, 990.0)))
                .setOpenAnomalies(1)
                .build();
    }

    private static GraphEntry edge(String peer, Instant until, int earlier) {
        return new GraphEntry(
                entity(peer), AT.minusSeconds(earlier), until, AT, List.of("cart-1"), null, 30.0, 0.0, 40.0);
    }

    private static EntityRef entity(String peer) {
        return new EntityRef("demo", "shop", "cart", null, peer);
    }

    private static <V> void send(KafkaProducer<byte[], byte[]> producer, Topic<String, V> topic, String key, V value) {
        producer.send(new ProducerRecord<>(
                topic.name(),
                null,
                AT.toEpochMilli(),
                key.getBytes(StandardCharsets.UTF_8),
                topic.value().serializer().serialize(topic.name(), value)));
    }
}
