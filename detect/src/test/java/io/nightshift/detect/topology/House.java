package io.nightshift.detect.topology;

import io.nightshift.detect.DetectSettings;
import io.nightshift.detect.domain.feedback.Feedback;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.Anomaly;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.LogBatch;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.ServiceRollup;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.Tick;
import io.nightshift.runtime.stream.Streams;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Both applications of detect in test drivers, joined by hand, with a clock that moves by ticks. */
final class House implements AutoCloseable {

    static final long SECOND = 1_000_000;
    static final long START = Instant.parse("2026-11-20T03:00:00Z").toEpochMilli() * 1000;

    /** Whoever may say what they think of an anomaly. */
    static final SigningKey PERSON = SigningKey.generate();

    final Topics topics;
    final Map<String, Integer> tallies = new LinkedHashMap<>();
    final List<Anomaly> anomalies = new ArrayList<>();
    final List<Incident> incidents = new ArrayList<>();
    final List<GraphEntry> graph = new ArrayList<>();
    final List<ServiceRollup> rollups = new ArrayList<>();
    long now = START;
    private final Path folder;
    private TopologyTestDriver detect;
    private TopologyTestDriver correlate;

    House(Path folder) {
        this(folder, 1);
    }

    House(Path folder, int partitions) {
        this(folder, partitions, DetectSettings.defaults());
    }

    House(Path folder, DetectSettings settings) {
        this(folder, 1, settings);
    }

    private House(Path folder, int partitions, DetectSettings settings) {
        this.folder = folder;
        topics = new Topics(new TopicSettings("", partitions, 1, 1, (short) 1), new AvroSerdes(new InMemoryRegistry()));
        detect = new TopologyTestDriver(detectTopology(settings, topics, tallies), properties("detect"));
        correlate = new TopologyTestDriver(correlateTopology(topics, tallies), properties("correlate"));
    }

    static Topology detectTopology(Topics topics, Map<String, Integer> tallies) {
        return detectTopology(DetectSettings.defaults(), topics, tallies);
    }

    private static Topology detectTopology(DetectSettings settings, Topics topics, Map<String, Integer> tallies) {
        return DetectTopology.build(
                Streams.builder(base("detect")),
                settings,
                topics,
                TrustedKeys.of(PERSON),
                what -> tallies.merge(what, 1, Integer::sum));
    }

    static Topology correlateTopology(Topics topics, Map<String, Integer> tallies) {
        return CorrelateTopology.build(
                Streams.builder(base("correlate")),
                DetectSettings.defaults(),
                topics,
                what -> tallies.merge(what, 1, Integer::sum));
    }

    private static Properties base(String name) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    private Properties properties(String name) {
        Properties properties = base(name);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return properties;
    }

    void send(MetricBatch batch) {
        pipe(topics.metrics(), ServiceKey.of(batch.getResource()).toString(), batch);
    }

    void send(SpanBatch batch) {
        pipe(topics.spans(), ServiceKey.of(batch.getResource()).toString(), batch);
    }

    void send(LogBatch batch) {
        pipe(topics.logs(), ServiceKey.of(batch.getResource()).toString(), batch);
    }

    <T extends SpecificRecord> void pipe(Topic<String, T> topic, String key, T value) {
        TestInputTopic<String, T> input = detect.createInputTopic(
                topic.name(), topic.key().serializer(), topic.value().serializer());
        input.pipeInput(key, value, now / 1000);
    }

    void pipeBytes(String topic, byte[] key, byte[] value) {
        detect.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(key, value, now / 1000);
    }

    /** A second passes: ticks reach both applications, and what detect said reaches correlate. */
    void tick() {
        now += SECOND;
        Tick tick = new Tick(0, now, now - 1 * SECOND, "");
        pipe(topics.ticks(), "0", tick);
        drain();
        correlate
                .createInputTopic(
                        topics.ticks().name(),
                        topics.ticks().key().serializer(),
                        topics.ticks().value().serializer())
                .pipeInput("0", tick, now / 1000);
        incidents.addAll(read(correlate, topics.incidents()));
    }

    /** Somebody says what they think of an anomaly. */
    void say(Anomaly anomaly, Opinion opinion, SigningKey key) {
        say(anomaly.getId(), anomaly.getSeries(), opinion, key);
    }

    /** Somebody says what they think of a series, or of a family of them. */
    void say(String subject, String series, Opinion opinion, SigningKey key) {
        ControlRecord said = ControlRecord.newBuilder()
                .setId(subject + opinion + now)
                .setKind(ControlKind.FEEDBACK)
                .setSubject(subject)
                .setActor("ann")
                .setPerson(true)
                .setAt(Instant.ofEpochMilli(now / 1000))
                .setArguments(Feedback.arguments(series, opinion))
                .build();
        pipe(topics.controls(), said.getSubject(), ControlSignature.sign(said, key));
    }

    /** What detect said since the last time, passed on to correlate. */
    void drain() {
        List<Anomaly> said = read(detect, topics.anomalies());
        anomalies.addAll(said);
        said.forEach(this::tell);
        List<GraphEntry> entries = read(detect, topics.topology());
        graph.addAll(entries);
        entries.forEach(entry -> correlate
                .createInputTopic(
                        topics.topology().name(),
                        topics.topology().key().serializer(),
                        topics.topology().value().serializer())
                .pipeInput("demo|x", entry, now / 1000));
        rollups.addAll(read(detect, topics.rollups()));
    }

    /** Tells correlate of an anomaly. */
    void tell(Anomaly anomaly) {
        correlate
                .createInputTopic(
                        topics.anomalies().name(),
                        topics.anomalies().key().serializer(),
                        topics.anomalies().value().serializer())
                .pipeInput(anomaly.getSubject().getEnvironment(), anomaly, now / 1000);
    }

    private <T extends SpecificRecord> List<T> read(TopologyTestDriver driver, Topic<String, T> topic) {
        TestOutputTopic<String, T> output = driver.createOutputTopic(
                topic.name(), topic.key().deserializer(), topic.value().deserializer());
        return output.readValuesToList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return detect.createOutputTopic(
                        topics.deadLetters().name(),
                        topics.deadLetters().key().deserializer(),
                        topics.deadLetters().value().deserializer())
                .readRecordsToList();
    }

    /** A second of the shop's life. */
    void live(Shop shop) {
        shop.spans(now + SECOND / 2).forEach(this::send);
        shop.metrics(now + SECOND / 2).forEach(this::send);
        tick();
    }

    void live(Shop shop, int seconds) {
        for (int i = 0; i < seconds; i++) {
            live(shop);
        }
    }

    void silence(int seconds) {
        for (int i = 0; i < seconds; i++) {
            tick();
        }
    }

    @Override
    public void close() {
        detect.close();
        correlate.close();
    }
}
