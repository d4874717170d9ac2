package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.Connection;
import io.nightshift.deploy.home.Installation;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.embedded.registry.EmbeddedRegistry;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Signal;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code feedback}, {@code anomalies} and {@code graph} against a Kafka that holds what detect writes. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedbackAndGraphOnKafkaTest {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("registry.distribution"));
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path folder;

    private Topics topics;
    private Map<String, Object> kafka;

    @Test
    void peopleSayWhatTheyThinkAndAskHowItWas() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.ephemeral();
                EmbeddedRegistry registry = EmbeddedRegistry.start(new EmbeddedRegistry.Settings(
                        DISTRIBUTION, folder.resolve("registry"), 0, broker.clientProperties()))) {
            registry.awaitReady(Duration.ofSeconds(60));
            install(broker, registry.url().toString());
            feedback();
            graph();
        }
    }

    private void feedback() throws Exception {
        Anomaly first = anomaly("anm-1", "series-a");
        write(topics.anomalies(), "demo", first);
        write(topics.anomalies(), "demo", anomaly("anm-2", "series-b"));
        write(topics.incidents(), "inc-1", incident(first));

        assertThat(command("anomalies").out()).contains("anm-1  OPEN  ERRORS  2.0", "anm-2");
        command("feedback", "anm-9", "missed").refusesInOneLine("no anomaly or incident 'anm-9'");
        command("feedback", "anm-1", "fine").refusesInOneLine("'fine' is no verdict", "not-a-problem or missed");
        assertThat(command("feedback", "anm-1", "not-a-problem").out()).startsWith("noted: 'not-a-problem' for anm-1");
        assertThat(command("feedback", "anm-1", "not-a-problem").out()).startsWith("nothing changes: 'not-a-problem'");
        assertThat(command("feedback", "inc-1", "missed").out())
                .startsWith("'missed' replaces 'not-a-problem', said by")
                .contains("anm-1");
        JsonNode again = json("feedback", "anm-1", "missed");
        assertThat(again.at("/anomalies/0/written").asBoolean(true)).isFalse();
        assertThat(again.at("/anomalies/0/series").asText()).isEqualTo("series-a");
    }

    private void graph() throws Exception {
        Instant night = NOW.minus(Duration.ofHours(5));
        write(topics.topology(), "1", service("orders", night, null, NOW));
        write(topics.topology(), "2", service("cron", night, night.plusSeconds(600), night.plusSeconds(600)));

        JsonNode then = json("graph", "--at", night.plusSeconds(60).toString());
        assertThat(then.at("/services").findValuesAsText("service"))
                .containsExactly("demo/shop/cron", "demo/shop/orders");
        JsonNode now = json("graph");
        assertThat(now.at("/services").findValuesAsText("service")).containsExactly("demo/shop/orders");
        assertThat(command("graph", "--at", night.minusSeconds(60).toString()).out())
                .contains("what is known begins at " + night);
        command("graph", "--at", "noon").refusesInOneLine("'noon' is no time");
    }

    private Told command(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--folder";
        all[arguments.length + 1] = folder.toString();
        return Told.by(all);
    }

    private JsonNode json(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--json";
        return new ObjectMapper().readTree(command(all).out());
    }

    private void install(EmbeddedBroker broker, String registryUrl) throws Exception {
        topics = new Topics(TopicSettings.embedded(), new AvroSerdes(ConfluentRegistry.at(registryUrl, Map.of())));
        Map<String, String> security = new HashMap<>(broker.clientProperties());
        kafka = new HashMap<>(security);
        security.remove("bootstrap.servers");
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(topics.all().stream()
                            .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        new Connection(
                        broker.bootstrapServers(),
                        registryUrl,
                        "",
                        "",
                        "",
                        ProcessHandle.current().pid(),
                        security)
                .write(Installation.open(folder).connectionFile());
    }

    private <T> void write(Topic<String, T> topic, String key, T value) throws Exception {
        byte[] bytes = topic.value().serializer().serialize(topic.name(), value);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, bytes)).get();
        }
    }

    private static Anomaly anomaly(String id, String series) {
        return Anomaly.newBuilder()
                .setId(id)
                .setSeries(series)
                .setPhase(AnomalyPhase.OPEN)
                .setSubject(new EntityRef("demo", "shop", "orders", null, null))
                .setSignal(Signal.TRACE)
                .setKind(AnomalyKind.ERRORS)
                .setDirection(Direction.UP)
                .setName("errors")
                .setSeverity(2)
                .setOnset(NOW)
                .setDetectedAt(NOW)
                .setUpdatedAt(NOW)
                .setSentence("Requests to orders fail.")
                .build();
    }

    private static Incident incident(Anomaly anomaly) {
        return Incident.newBuilder()
                .setId("inc-1")
                .setVersion(1)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("demo")
                .setFingerprint("fp-1")
                .setOpenedAt(NOW)
                .setOnset(NOW)
                .setUpdatedAt(NOW)
                .setSeverity(2)
                .setPages(false)
                .setAnomalies(List.of(anomaly))
                .setMemberCount(1)
                .setSentence("One anomaly.")
                .build();
    }

    private static GraphEntry service(String name, Instant from, Instant to, Instant lastSeen) {
        return GraphEntry.newBuilder()
                .setSubject(new EntityRef("demo", "shop", name, null, null))
                .setValidFrom(from)
                .setValidTo(to)
                .setLastSeen(lastSeen)
                .build();
    }
}
